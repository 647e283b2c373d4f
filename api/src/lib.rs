//! How the register is reached: JSON under `/v1` for programs, pages for people, a command line for operators.

pub mod cli;
mod documents;
mod export;
pub mod identity;
pub mod limits;
mod log;
pub mod pages;
mod personal;
pub mod problem;
mod request;
pub mod server;
pub mod state;
pub mod v1;
