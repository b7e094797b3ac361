//! What finance takes away as a file, with control totals.
//!
//! The totals stand in the response's headers, and once more in its trailer for a reader that checks at the end: the
//! body itself is nothing but the export.

use std::future::ready;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, BodyStream, Full, StreamBody};
use serde::Deserialize;
use settlement::export::{ControlTotals, Export};
use utoipa::ToSchema;

use crate::http::Problem;
use crate::service::exports::Format;

/// How many rows the export has.
const ROWS: HeaderName = HeaderName::from_static("jangteo-export-rows");
/// What they come to, in minor units.
const NET_MINOR: HeaderName = HeaderName::from_static("jangteo-export-net-minor");
/// The SHA-256 of the body in hex.
const SHA256: HeaderName = HeaderName::from_static("jangteo-export-sha256");

/// How an export is written.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ExportFormat {
    /// Comma-separated values (RFC 4180), safe to open in a spreadsheet.
    Csv,
    /// One JSON object a line: a statement's item is the text that the statement's hash is made over.
    JsonLines,
}

impl ExportFormat {
    pub(super) const fn written(self) -> Format {
        match self {
            Self::Csv => Format::Csv,
            Self::JsonLines => Format::JsonLines,
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl; charset=utf-8",
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// The export as a file of this name.
pub(super) fn reply(export: Export, format: ExportFormat, name: &str) -> Result<Response, Problem> {
    let totals = totals(&export.control)?;
    let name = format!("attachment; filename=\"{name}.{}\"", format.extension());
    let mut headers = totals.clone();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CONTENT_DISPOSITION, value(&name)?);
    headers.insert(header::TRAILER, value(&format!("{ROWS}, {NET_MINOR}, {SHA256}"))?);
    let whole = Full::new(Bytes::from(export.text)).with_trailers(ready(Some(Ok(totals))));
    // Trailers travel only behind a body whose length isn't told before.
    let body = StreamBody::new(BodyStream::new(whole));
    Ok((headers, Body::new(body)).into_response())
}

fn totals(control: &ControlTotals) -> Result<HeaderMap, Problem> {
    let mut totals = HeaderMap::new();
    totals.insert(ROWS, control.rows.into());
    totals.insert(NET_MINOR, control.net_minor.into());
    totals.insert(SHA256, value(&control.sha256)?);
    Ok(totals)
}

fn value(text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(text).map_err(Problem::internal)
}
