//! A TCP proxy that can be slow, cut or half-open. What it carries it never looks at.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// How much is carried at once.
const PIECE: usize = 64 * 1024;

/// What the proxy does with its connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Carries.
    Fair,
    /// Carries each piece so much later.
    Slow(Duration),
    /// Cuts every connection, new ones too.
    Cut,
    /// Swallows what it should carry. Who lost something is cut when it is over, as TCP would in the end.
    HalfOpen,
}

/// A proxy in front of one server; gone when it is dropped.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    weather: watch::Sender<Weather>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// Listens on a free port and carries to this server.
    pub async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (weather, seen) = watch::channel(Weather::Fair);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, server, seen.clone()));
            }
        });
        Self { address, weather, accepting }
    }

    /// From now on.
    pub fn turn(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.weather.send_replace(Weather::Cut);
    }
}

/// One connection, both ways, until either end is done or it is cut.
async fn carry(client: TcpStream, server: SocketAddr, mut weather: watch::Receiver<Weather>) {
    if *weather.borrow_and_update() == Weather::Cut {
        return;
    }
    let Ok(server) = TcpStream::connect(server).await else { return };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        () = one_way(from_client, to_server, weather.clone()) => {}
        () = one_way(from_server, to_client, weather.clone()) => {}
        _ = weather.wait_for(|weather| *weather == Weather::Cut) => {}
    }
}

async fn one_way(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut weather: watch::Receiver<Weather>) {
    let mut piece = vec![0; PIECE];
    loop {
        let Ok(length @ 1..) = from.read(&mut piece).await else { return };
        let now = *weather.borrow_and_update();
        match now {
            Weather::Fair => {}
            Weather::Slow(by) => tokio::time::sleep_until(Instant::now() + by).await,
            Weather::Cut => return,
            Weather::HalfOpen => return swallow(from, piece, weather).await,
        }
        if to.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
}

/// Something was lost: nothing that comes later makes sense on this connection.
async fn swallow(mut from: OwnedReadHalf, mut piece: Vec<u8>, mut weather: watch::Receiver<Weather>) {
    tokio::select! {
        _ = weather.wait_for(|weather| *weather != Weather::HalfOpen) => {}
        () = async { while let Ok(1..) = from.read(&mut piece).await {} } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that sends back what it gets.
    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    let _ = tokio::io::copy(&mut from, &mut to).await;
                });
            }
        });
        address
    }

    async fn says(stream: &mut TcpStream, word: &[u8; 4]) -> std::io::Result<[u8; 4]> {
        stream.write_all(word).await?;
        let mut heard = [0; 4];
        stream.read_exact(&mut heard).await?;
        Ok(heard)
    }

    #[tokio::test]
    async fn a_fair_or_slow_proxy_carries() {
        let proxy = Proxy::before(echo().await).await;
        let mut stream = TcpStream::connect(proxy.address).await.unwrap();
        assert_eq!(says(&mut stream, b"fair").await.unwrap(), *b"fair");
        let delay = Duration::from_millis(50);
        proxy.turn(Weather::Slow(delay));
        let asked = Instant::now();
        assert_eq!(says(&mut stream, b"slow").await.unwrap(), *b"slow");
        assert!(asked.elapsed() >= 2 * delay);
    }

    #[tokio::test]
    async fn a_cut_proxy_ends_connections_until_it_is_fair_again() {
        let proxy = Proxy::before(echo().await).await;
        let mut stream = TcpStream::connect(proxy.address).await.unwrap();
        says(&mut stream, b"fair").await.unwrap();
        proxy.turn(Weather::Cut);
        says(&mut stream, b"gone").await.unwrap_err();
        let mut next = TcpStream::connect(proxy.address).await.unwrap();
        says(&mut next, b"gone").await.unwrap_err();
        proxy.turn(Weather::Fair);
        let mut next = TcpStream::connect(proxy.address).await.unwrap();
        assert_eq!(says(&mut next, b"back").await.unwrap(), *b"back");
    }

    #[tokio::test]
    async fn a_half_open_proxy_swallows_and_cuts_who_lost_something() {
        let proxy = Proxy::before(echo().await).await;
        let mut losing = TcpStream::connect(proxy.address).await.unwrap();
        let mut silent = TcpStream::connect(proxy.address).await.unwrap();
        says(&mut losing, b"fair").await.unwrap();
        says(&mut silent, b"fair").await.unwrap();
        proxy.turn(Weather::HalfOpen);
        losing.write_all(b"lost").await.unwrap();
        let mut heard = [0; 4];
        let limit = Duration::from_millis(100);
        tokio::time::timeout(limit, losing.read_exact(&mut heard)).await.unwrap_err();
        proxy.turn(Weather::Fair);
        losing.read_exact(&mut heard).await.unwrap_err();
        assert_eq!(says(&mut silent, b"kept").await.unwrap(), *b"kept");
    }
}
