//! A gate before a server: it passes everything on, swallows the server's answers, or is shut.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What the gate does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Passes everything on, both ways.
    Open,
    /// Lets the client's words in and swallows every answer.
    Mute,
    /// Nobody listens: connections are refused.
    Shut,
}

/// What the gate does, and how often its connections have been cut.
type Order = (Stand, u64);

/// A gate that listens on a port of its own.
pub struct Gate {
    address: SocketAddr,
    order: watch::Sender<Order>,
    keeper: JoinHandle<()>,
}

impl Gate {
    /// An open gate before `server` (`host:port`).
    pub async fn before(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let order = watch::Sender::new((Stand::Open, 0));
        let keeper = tokio::spawn(keep(listener, address, server, order.subscribe()));
        Self { address, order, keeper }
    }

    pub fn url(&self) -> String {
        format!("nats://{}", self.address)
    }

    /// From now on every answer is lost.
    pub fn mute(&self) {
        self.order.send_modify(|order| order.0 = Stand::Mute);
    }

    /// Cuts every connection and lets no new one in.
    pub fn shut(&self) {
        self.order.send_modify(|order| *order = (Stand::Shut, order.1 + 1));
    }

    /// Cuts every connection and lets new ones through.
    pub fn open(&self) {
        self.order.send_modify(|order| *order = (Stand::Open, order.1 + 1));
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}

async fn keep(first: TcpListener, address: SocketAddr, server: String, mut order: watch::Receiver<Order>) {
    let mut listener = Some(first);
    loop {
        let open = match listener.take() {
            Some(open) => open,
            None => TcpListener::bind(address).await.unwrap(),
        };
        let mut shut = order.clone();
        tokio::select! {
            () = admit(&open, &server, &order) => {}
            _ = shut.wait_for(|order| order.0 == Stand::Shut) => {}
        }
        drop(open);
        if order.wait_for(|order| order.0 != Stand::Shut).await.is_err() {
            return;
        }
    }
}

async fn admit(listener: &TcpListener, server: &str, order: &watch::Receiver<Order>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(pass(client, server.to_owned(), order.clone()));
    }
}

/// Passes one connection on until it ends or is cut.
async fn pass(client: TcpStream, server: String, mut order: watch::Receiver<Order>) {
    let made_in = order.borrow().1;
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = TcpStream::connect(server).await.unwrap().into_split();
    let answers = order.clone();
    tokio::select! {
        () = copy(from_client, to_server, || true) => {}
        () = copy(from_server, to_client, || answers.borrow().0 != Stand::Mute) => {}
        _ = order.wait_for(|order| order.1 != made_in) => {}
    }
}

async fn copy(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, heard: impl Fn() -> bool) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let piece = buffer.get(..length).unwrap_or_default();
        if heard() && to.write_all(piece).await.is_err() {
            return;
        }
    }
}
