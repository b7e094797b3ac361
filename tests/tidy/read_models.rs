//! Read models: each SQL file belongs to a projection, each projection runs and names its tables.

use std::collections::BTreeSet;

use jangteo::workers;
use projections::Projection;

use crate::source::{all_clear, paths, read};

/// What a projection says about its tables.
struct Tables {
    name: &'static str,
    schema: &'static str,
    named: &'static [&'static str],
}

fn of<P: Projection>() -> Tables {
    Tables { name: P::NAME, schema: P::SCHEMA, named: P::TABLES }
}

fn projections() -> Vec<Tables> {
    vec![
        of::<projections::books::Books>(),
        of::<projections::campaigns::Campaigns>(),
        of::<projections::catalog::Catalog>(),
        of::<projections::claims::Claims>(),
        of::<projections::deliveries::Deliveries>(),
        of::<projections::orders::Orders>(),
        of::<projections::people::People>(),
        of::<sagas::Timers>(),
    ]
}

#[test]
fn every_sql_file_is_the_schema_of_a_projection() {
    let schemas: Vec<&str> = projections().iter().map(|projection| projection.schema).collect();
    let files = paths("migrations/read_models", "sql");
    let orphans: Vec<String> =
        files.into_iter().filter(|path| !schemas.contains(&read(path).as_str())).collect();
    all_clear("include the file as the SCHEMA of its projection, or delete it", &orphans);
}

#[test]
fn every_projection_names_the_tables_that_it_makes() {
    let mut wrong = Vec::new();
    for projection in projections() {
        let made: BTreeSet<&str> = projection.schema.lines().filter_map(made_table).collect();
        let named: BTreeSet<&str> = projection.named.iter().copied().collect();
        let differ = made.symmetric_difference(&named);
        wrong.extend(differ.map(|table| format!("{}: {table}", projection.name)));
    }
    all_clear(
        "TABLES and the CREATE TABLEs of SCHEMA must be the same: views show only what is named",
        &wrong,
    );
}

#[test]
fn every_projection_is_run() {
    let known: BTreeSet<&str> = projections().iter().map(|projection| projection.name).collect();
    let run: BTreeSet<&str> = workers::PROJECTIONS.into_iter().collect();
    assert_eq!(known, run, "bring src/workers.rs and tests/tidy/read_models.rs to the same projections");
}

fn made_table(line: &str) -> Option<&str> {
    line.strip_prefix("CREATE TABLE ")?.split([' ', '(']).next()
}
