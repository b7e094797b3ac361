//! A connection to the API that stays open, and no more of HTTP/1.1 than a shopper of a bench needs: what shoppers cost is
//! in the figures.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, ensure};
use bytes::{Bytes, BytesMut};
use http::{StatusCode, header};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The most headers that an answer may have.
const HEADERS_MAX: usize = 32;
/// The most bytes of an answer.
const ANSWER_MAX: usize = 1 << 20;

/// One connection; one request at a time.
pub(super) struct Wire {
    stream: TcpStream,
    host: SocketAddr,
    /// What came and isn't read yet.
    came: BytesMut,
}

/// What is sent.
pub(super) struct Post<'a> {
    pub(super) path: &'a str,
    pub(super) token: &'a str,
    pub(super) idempotency_key: &'a str,
    pub(super) body: &'a [u8],
}

/// How long an answer's head and body are.
struct Measure {
    status: StatusCode,
    head: usize,
    body: usize,
}

impl Wire {
    pub(super) async fn open(host: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(host).await.context("the API can't be reached")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, host, came: BytesMut::new() })
    }

    /// Sends JSON and waits for the answer.
    pub(super) async fn post(&mut self, post: &Post<'_>) -> Result<(StatusCode, Bytes)> {
        let Post { path, token, idempotency_key, body } = post;
        let (host, length) = (self.host, body.len());
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\nidempotency-key: {idempotency_key}\r\n\
             content-length: {length}\r\n\r\n"
        );
        self.stream.write_all(&[head.as_bytes(), body].concat()).await?;
        loop {
            if let Some(Measure { status, head, body }) = measure(&self.came)?
                && self.came.len() >= head + body
            {
                let mut answer = self.came.split_to(head + body);
                return Ok((status, answer.split_off(head).freeze()));
            }
            ensure!(self.came.len() < ANSWER_MAX, "the API's answer is too long");
            ensure!(self.stream.read_buf(&mut self.came).await? > 0, "the API has closed the connection");
        }
    }
}

/// The measure of the answer that begins here, once its head is there.
fn measure(came: &[u8]) -> Result<Option<Measure>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut answer = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(head) = answer.parse(came)? else { return Ok(None) };
    let status = StatusCode::from_u16(answer.code.context("an answer has no status")?)?;
    let length = answer.headers.iter().find(|header| header::CONTENT_LENGTH == header.name);
    let length = length.context("an answer doesn't say how long it is")?.value;
    let body = std::str::from_utf8(length)?.parse()?;
    Ok(Some(Measure { status, head, body }))
}
