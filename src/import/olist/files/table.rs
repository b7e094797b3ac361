//! Reading one table: the header is checked once, then each record becomes a row or a finding.

use std::io::Read;

use anyhow::bail;
use csv::{ErrorKind, StringRecord};

use super::field::Fields;
use crate::import::olist::finding::{Finding, Reason};

/// A row of a file.
pub trait Row: Sized {
    /// The file's name.
    const FILE: &'static str;
    /// The columns that are read.
    const COLUMNS: &'static [&'static str];
    /// The columns that tell one row from another, for findings.
    const KEY: &'static [&'static str];

    /// The row, or what is wrong with it.
    fn parse(fields: &Fields<'_>) -> Result<Self, String>;
}

/// Reads every row. An error is the whole file's: unreadable, or without a column that is needed.
pub fn read<R: Row>(input: impl Read, findings: &mut Vec<Finding>) -> anyhow::Result<Vec<R>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(input);
    let header = without_mark(reader.headers()?);
    if let Some(missing) = R::COLUMNS.iter().find(|column| !header.iter().any(|name| name == **column)) {
        bail!("{} has no column `{missing}`", R::FILE);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => match row::<R>(&header, &record) {
                Ok(row) => rows.push(row),
                Err(finding) => findings.push(finding),
            },
            Err(error) => findings.push(unreadable(R::FILE, error)?),
        }
    }
    Ok(rows)
}

fn row<R: Row>(header: &StringRecord, record: &StringRecord) -> Result<R, Finding> {
    let line = record.position().map_or(0, csv::Position::line);
    let fields = Fields::new(header, record, line);
    R::parse(&fields).map_err(|problem| {
        let key: Vec<&str> = R::KEY.iter().map(|column| fields.raw(column)).collect();
        Finding::new(Reason::RowUnreadable, key.join("/")).at(R::FILE, line).because(problem)
    })
}

/// A record that is no row is a finding; a file that can't be read any further is an error.
fn unreadable(file: &str, error: csv::Error) -> anyhow::Result<Finding> {
    let line = error.position().map_or(0, csv::Position::line);
    let problem = match error.kind() {
        ErrorKind::Utf8 { .. } => "it is not UTF-8".to_owned(),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} fields instead of {expected_len}")
        }
        ErrorKind::Io(_) | ErrorKind::Seek | ErrorKind::Serialize(_) | ErrorKind::Deserialize { .. } | _ => {
            return Err(error.into());
        }
    };
    Ok(Finding::new(Reason::RowUnreadable, format!("line {line}")).at(file, line).because(problem))
}

/// One of the public files begins with a byte order mark.
fn without_mark(header: &StringRecord) -> StringRecord {
    header.iter().map(|name| name.trim_start_matches('\u{feff}').trim().trim_matches('"')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::olist::files::{Item, Seller};

    fn items(text: &str) -> (anyhow::Result<Vec<Item>>, Vec<Finding>) {
        let mut findings = Vec::new();
        (read(text.as_bytes(), &mut findings), findings)
    }

    const HEADER: &str =
        "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\n";

    #[test]
    fn rows_keep_their_line_and_their_cents() {
        let (rows, findings) = items(&format!("{HEADER}o1,1,p1,s1,,10.05,0.30\no1,2,p1,s1,,9.00,0.00\n"));
        let rows = rows.unwrap();
        assert!(findings.is_empty());
        assert_eq!((rows[0].line, rows[0].price_cents, rows[0].freight_cents), (2, 1005, 30));
        assert_eq!((rows[1].line, rows[1].number, rows[1].price_cents), (3, 2, 900));
    }

    #[test]
    fn a_row_that_cannot_be_read_is_a_finding_and_the_others_go_on() {
        let text =
            format!("{HEADER}o1,1,p1,s1,,ten,0.30\no2,1,p1\no3,1,p1,s1,,-1.00,0.00\no4,1,p1,s1,,1.00,0.00\n");
        let (rows, findings) = items(&text);
        assert_eq!(rows.unwrap().iter().map(|row| row.order.as_str()).collect::<Vec<_>>(), ["o4"]);
        let said: Vec<_> =
            findings.iter().map(|found| (found.key.as_str(), found.line, found.reason)).collect();
        let unreadable = Reason::RowUnreadable;
        assert_eq!(
            said,
            [("o1/1", Some(2), unreadable), ("line 3", Some(3), unreadable), ("o3/1", Some(4), unreadable)]
        );
        assert_eq!(findings[0].detail.as_deref(), Some("price is no amount: `ten`"));
        assert_eq!(findings[0].file.as_deref(), Some("olist_order_items_dataset.csv"));
    }

    #[test]
    fn a_file_without_a_column_is_refused_in_one_sentence() {
        let (rows, _) = items("order_id,price\no1,1.00\n");
        let said = rows.unwrap_err().to_string();
        assert_eq!(said, "olist_order_items_dataset.csv has no column `order_item_id`");
    }

    #[test]
    fn a_byte_order_mark_and_broken_text_do_no_harm() {
        let mut findings = Vec::new();
        let mut text = "\u{feff}seller_id,seller_zip_code_prefix,seller_city,seller_state\ns1,1,a,SP\n"
            .as_bytes()
            .to_vec();
        text.extend(b"s2,1,\xff,SP\ns3,1,c,SP\n");
        let rows: Vec<Seller> = read(text.as_slice(), &mut findings).unwrap();
        assert_eq!(rows.iter().map(|row| row.seller.as_str()).collect::<Vec<_>>(), ["s1", "s3"]);
        assert_eq!(findings[0].line, Some(3));
    }
}
