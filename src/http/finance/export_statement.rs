//! `GET /finance/v1/statements/{statement}/export`: a closed statement's items as a file, with control totals.
//!
//! The totals stand in the response's headers, and once more in its trailer for a reader that checks at the end: the
//! body itself is nothing but the export.

use std::future::ready;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, BodyStream, Full, StreamBody};
use kernel::id::StatementId;
use projections::Projection;
use projections::books::Books;
use serde::Deserialize;
use settlement::export::{ControlTotals, Export};
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{FinanceStaff, NotBefore, Path, Problem, Query};
use crate::service::exports::Format;

/// How many rows the export has: items, and balances taken over.
const ROWS: HeaderName = HeaderName::from_static("jangteo-export-rows");
/// What they come to for the merchant, in minor units.
const NET_MINOR: HeaderName = HeaderName::from_static("jangteo-export-net-minor");
/// The SHA-256 of the body in hex.
const SHA256: HeaderName = HeaderName::from_static("jangteo-export-sha256");

/// How it is written.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `csv` or `json_lines`.
    #[param(inline)]
    format: ExportFormat,
}

/// How an export is written.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated values (RFC 4180), safe to open in a spreadsheet.
    Csv,
    /// One JSON object a line: an item's is the text that the statement's hash is made over.
    JsonLines,
}

impl ExportFormat {
    const fn written(self) -> Format {
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

/// A closed statement's items, and the balances that it took over (kind `carried_in`), in the order in which they came
/// onto it. The same bytes each time; their count, sum and SHA-256 stand in `Jangteo-Export-Rows`,
/// `Jangteo-Export-Net-Minor` and `Jangteo-Export-Sha256`, as headers and as trailers.
#[utoipa::path(
    get,
    path = "/statements/{statement}/export",
    security(("access_token" = ["finance"])),
    params(("statement" = Uuid, Path), Asked),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = 409, description = "`not_closed`")
    )
)]
pub async fn export_statement(
    State(app): State<App>,
    _: FinanceStaff,
    Path(statement): Path<StatementId>,
    Query(asked): Query<Asked>,
    at_least: NotBefore,
) -> Result<Response, Problem> {
    at_least.wait(&app.positions, &[Books::NAME]).await?;
    let export = app.export_statement(statement, asked.format.written()).await?;
    reply(export, asked.format, statement)
}

fn reply(export: Export, format: ExportFormat, statement: StatementId) -> Result<Response, Problem> {
    let totals = totals(&export.control)?;
    let name = format!("attachment; filename=\"{statement}.{}\"", format.extension());
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
