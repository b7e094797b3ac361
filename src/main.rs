//! The binary: everything is in the library, so that tests and benches run the same code.

/// Commands, events and rows are many small pieces with short lives: a tenth of the work was the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    jangteo::cli::main()
}
