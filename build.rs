//! Has the migrations embedded anew when one is added: `sqlx::migrate!` looks at the folder only when this crate is built.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
