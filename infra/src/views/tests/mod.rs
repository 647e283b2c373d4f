mod asked;
mod facade;
mod hand;
mod mongolia;
mod scales;
mod support;
mod vulnerable;
