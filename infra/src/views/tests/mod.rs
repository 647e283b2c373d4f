mod asked;
mod facade;
mod followed;
mod hand;
mod mongolia;
mod scales;
mod support;
mod vulnerable;
