//! The program `assize`.

fn main() -> std::process::ExitCode {
    api::cli::main()
}
