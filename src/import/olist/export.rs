//! What an import leaves in a folder: settled lines by seller, the report, every statement with its control totals.
//!
//! ```text
//!  OUT/settled_by_seller.csv
//!  OUT/report.json
//!  OUT/statements/2017-11/<seller>.csv, <seller>.jsonl
//!  OUT/statements/2017-11/control.jsonl     a line per statement: rows, net and hash of each export
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use futures::{StreamExt, TryStreamExt};
use kernel::MallId;
use kernel::id::StatementId;
use projections::books::query::{Statement, StatementFilter, export_rows, statements};
use serde_json::{Value, json};
use settlement::export::{self, ControlTotals};
use sqlx::PgPool;

use super::report::{Report, SettledSeller};
use super::{ImportWorld, MALL};

/// Statements per page.
const PAGE: u32 = 100;
/// Statements read side by side.
const AT_ONCE: usize = 8;
/// The columns of `settled_by_seller.csv`.
const SETTLED_HEADER: &str = "seller_id,delivered_lines,price_cents,freight_cents\n";

pub(super) async fn write(world: &ImportWorld, report: &Report, out: &Path) -> anyhow::Result<()> {
    make(out)?;
    put(&out.join("settled_by_seller.csv"), &settled_csv(&report.settled))?;
    put(&out.join("report.json"), &(serde_json::to_string_pretty(report)? + "\n"))?;
    write_statements(&world.app.pool, report, &out.join("statements")).await
}

/// The settled lines by seller, ordered by seller.
fn settled_csv(settled: &[SettledSeller]) -> String {
    let rows = settled.iter().map(|row| {
        let SettledSeller { seller_id, delivered_lines, price_cents, freight_cents } = row;
        format!("{seller_id},{delivered_lines},{price_cents},{freight_cents}\n")
    });
    std::iter::once(SETTLED_HEADER.to_owned()).chain(rows).collect()
}

async fn write_statements(pool: &PgPool, report: &Report, folder: &Path) -> anyhow::Result<()> {
    let mall = MallId::new(MALL)?;
    let filter = StatementFilter { mall: Some(mall), ..StatementFilter::default() };
    let mut controls: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
    let mut after = None;
    loop {
        let page = statements(pool, &filter, after, PAGE).await?;
        let written: Vec<_> = futures::stream::iter(&page.items)
            .map(|statement| write_statement(pool, report, folder, statement))
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;
        for (period, seller, control) in written {
            controls.entry(period).or_default().push((seller, control));
        }
        after = page.next;
        if after.is_none() {
            return write_controls(folder, controls);
        }
    }
}

async fn write_statement(
    pool: &PgPool,
    report: &Report,
    folder: &Path,
    statement: &Statement,
) -> anyhow::Result<(String, String, Value)> {
    let seller = report.sellers.get(&statement.merchant).context("a statement of no seller")?.clone();
    let period = period_of(statement);
    let rows = export_rows(pool, StatementId(statement.statement)).await?;
    let folder = folder.join(&period);
    make(&folder)?;
    let (csv, lines) = (export::csv(&rows), export::json_lines(&rows));
    put(&folder.join(format!("{seller}.csv")), &csv.text)?;
    put(&folder.join(format!("{seller}.jsonl")), &lines.text)?;
    let control = json!({
        "statement": statement.statement,
        "seller": seller,
        "phase": statement.phase,
        "due_minor": statement.due_minor,
        "statement_sha256": statement.sha256,
        "csv": totals(&csv.control),
        "json_lines": totals(&lines.control),
    });
    Ok((period, seller, control))
}

fn totals(control: &ControlTotals) -> Value {
    json!({ "rows": control.rows, "net_minor": control.net_minor, "sha256": control.sha256 })
}

/// The month of a statement; periods begin after midnight UTC and end before it, in the mall's calendar.
fn period_of(statement: &Statement) -> String {
    statement.period_from.format("%Y-%m").to_string()
}

fn write_controls(folder: &Path, controls: BTreeMap<String, Vec<(String, Value)>>) -> anyhow::Result<()> {
    for (period, mut lines) in controls {
        lines.sort_by(|(a, _), (b, _)| a.cmp(b));
        let lines: Vec<String> = lines.into_iter().map(|(_, control)| control.to_string()).collect();
        let text = lines.join("\n") + "\n";
        put(&folder.join(period).join("control.jsonl"), &text)?;
    }
    Ok(())
}

fn make(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

fn put(file: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settled_lines_are_written_as_the_data_writes_its_own() {
        let row =
            SettledSeller { seller_id: "s1".into(), delivered_lines: 2, price_cents: 345, freight_cents: 20 };
        assert_eq!(settled_csv(&[row]), "seller_id,delivered_lines,price_cents,freight_cents\ns1,2,345,20\n");
    }
}
