//! Messages and configurations as bytes; what the machine itself says is left to tests from Perl.

use super::config::{Config, Source, parse_sources};
use super::message::{Answer, Kind, answer, question, reverse_name};

#[test]
fn answers_follow_aliases_and_survive_damage() {
    let sent = question(7, b"www.example.org", Kind::A).unwrap();
    let mut reply = sent[..33].to_vec();
    reply[2] = 0x81;
    reply[3] = 0x80;
    reply[7] = 2; // answers
    reply[11] = 0;
    // www.example.org CNAME web.example.org
    reply.extend([
        0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 6, 3, b'w', b'e', b'b', 0xC0, 16,
    ]);
    // web.example.org A 192.0.2.1
    reply.extend([0xC0, 45, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 192, 0, 2, 1]);
    let Some(Answer::Records(records)) = answer(&reply, 7, b"www.example.org", Kind::A) else {
        panic!("no records");
    };
    assert_eq!(records.name, b"web.example.org");
    assert_eq!(records.aliases, [b"www.example.org"]);
    assert_eq!(records.data, [[192, 0, 2, 1]]);
    assert_eq!(answer(&reply, 8, b"www.example.org", Kind::A), None);
    for cut in 0..reply.len() {
        answer(&reply[..cut], 7, b"www.example.org", Kind::A);
        let mut damaged = reply.clone();
        for value in [0, 0xC0, 0xFF, 0x3F] {
            damaged[cut] = value;
            answer(&damaged, 7, b"www.example.org", Kind::A);
        }
    }
}

#[test]
fn names_that_cannot_be_asked() {
    for name in [&b""[..], b".", b"a..b", &[b'x'; 64]] {
        assert!(question(1, name, Kind::A).is_none());
    }
    assert_eq!(reverse_name(&[192, 0, 2, 1]), b"1.2.0.192.in-addr.arpa");
}

#[test]
fn configuration_is_read() {
    let config = Config::parse(
        b"# c\nnameserver 192.0.2.1\nnameserver 2001:db8::1\nsearch a.example b.example\n\
          options ndots:2 timeout:1 attempts:3\n",
    );
    assert_eq!(
        (config.servers.len(), config.search.len(), config.ndots),
        (2, 2, 2)
    );
    assert_eq!((config.timeout.as_secs(), config.attempts), (1, 3));
    let order =
        parse_sources(b"passwd: files\nhosts: files myhostname mdns4 [NOTFOUND=return] dns\n");
    assert_eq!(order, [Source::Files, Source::OwnName, Source::Dns]);
    assert_eq!(parse_sources(b""), [Source::Files, Source::Dns]);
}

#[test]
fn local_names_need_no_server() {
    use super::addrinfo::{GetAddrInfo, Hints};
    use super::{Lookup, protocol_by_name, service_by_name};
    let host = Lookup::by_name(b"localhost", libc::AF_INET).step().unwrap();
    assert_eq!(
        (host.name, host.addresses),
        (b"localhost".to_vec(), vec![vec![127, 0, 0, 1]])
    );
    assert_eq!(service_by_name(b"smtp", Some(b"tcp")).unwrap().port, 25);
    assert_eq!(protocol_by_name(b"tcp").unwrap().number, 6);
    let hints = Hints {
        family: libc::AF_INET,
        socktype: libc::SOCK_STREAM,
        ..Hints::default()
    };
    let found = GetAddrInfo::new(Some(b"127.0.0.1"), Some(b"80"), hints)
        .unwrap()
        .step()
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].address,
        crate::sys::socket::pack_in(80, [127, 0, 0, 1])
    );
}
