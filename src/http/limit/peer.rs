//! The address that a request comes from: the connection's, or what the proxies in front of us say.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName};

/// The header that each proxy appends the address to that it was called from.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Where a request comes from; nothing where that is not known (in-process).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) struct Peer(pub(in crate::http) Option<IpAddr>);

impl Peer {
    /// With so many proxies of ours in front. What stands further left in the header anybody can make up.
    pub(super) fn of(request: &Request, proxies: usize) -> Self {
        let connected = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let connected = connected.map(|ConnectInfo(address)| address.ip());
        let named = proxies.checked_sub(1).and_then(|back| forwarded(request.headers(), back));
        Self(named.or(connected).map(|address| address.to_canonical()))
    }

    /// As a part of a key. A host has a whole /64 of IPv6 addresses to call from: those are one caller.
    pub(super) fn name(self) -> String {
        match self.0 {
            None => String::new(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

/// The address that stands so far back from the end.
fn forwarded(headers: &HeaderMap, back: usize) -> Option<IpAddr> {
    let lists = headers.get_all(FORWARDED).iter().filter_map(|value| value.to_str().ok());
    let all: Vec<&str> = lists.flat_map(|list| list.split(',')).map(str::trim).collect();
    all.iter().rev().nth(back)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn peer(connected: &str, forwarded: &[&str], proxies: usize) -> String {
        let mut request = Request::builder();
        for value in forwarded {
            request = request.header(FORWARDED, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(connected.parse::<SocketAddr>().unwrap()));
        Peer::of(&request, proxies).name()
    }

    #[test]
    fn only_what_our_own_proxies_say_is_believed() {
        assert_eq!(peer("10.0.0.1:1", &["1.1.1.1, 2.2.2.2"], 0), "10.0.0.1");
        assert_eq!(peer("10.0.0.1:1", &["1.1.1.1, 2.2.2.2"], 1), "2.2.2.2");
        assert_eq!(peer("10.0.0.1:1", &["1.1.1.1", "2.2.2.2"], 2), "1.1.1.1");
        assert_eq!(peer("10.0.0.1:1", &["2.2.2.2"], 2), "10.0.0.1");
        assert_eq!(peer("10.0.0.1:1", &["nonsense"], 1), "10.0.0.1");
    }

    #[test]
    fn a_host_is_one_caller_however_many_addresses_it_has() {
        assert_eq!(peer("[2001:db8::1]:1", &[], 0), peer("[2001:db8::2]:1", &[], 0));
        assert_ne!(peer("[2001:db8::1]:1", &[], 0), peer("[2001:db8:0:1::1]:1", &[], 0));
        assert_eq!(peer("[::ffff:10.0.0.1]:1", &[], 0), "10.0.0.1");
    }
}
