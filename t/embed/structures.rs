//! Structures both ways by serde.
use keshi::data::{Data, from_value, to_value};
use keshi::{ErrorKind, Perl, Value};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Debug;

/// A structure goes through a script and comes back as it was.
#[track_caller]
fn same<T: Serialize + DeserializeOwned + PartialEq + Debug>(data: T) {
    let mut perl = Perl::new();
    perl.eval::<()>("sub id { my ($x) = @_; $x }").unwrap();
    let value = to_value(&data, &mut perl).unwrap();
    let value: Value = perl.call("id", value).unwrap();
    assert_eq!(from_value::<T>(value, &mut perl).unwrap(), data);
}

/// What a script gives, as a structure.
#[track_caller]
fn read<T: DeserializeOwned>(code: &str) -> Result<T, String> {
    let data = Perl::new().eval::<Data<T>>(code);
    data.map(|data| data.0).map_err(|error| {
        assert_eq!(error.kind(), &ErrorKind::Conversion);
        error.to_string()
    })
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
enum Shape {
    Nothing,
    Dot(i32),
    Line(i32, String),
    Box { a: i32, b: Option<String> },
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(untagged)]
enum Any {
    Int(i64),
    Num(f64),
    Str(String),
    List(Vec<Any>),
    Map(BTreeMap<String, Any>),
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(tag = "type")]
enum Tagged {
    Tea { cups: u8 },
    Water,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Port {
    number: u16,
    name: String,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Server {
    host: String,
    #[serde(flatten)]
    port: Port,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
    #[serde(default)]
    tags: BTreeSet<String>,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Unit;

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Row(u32, f32, char);

/// Bytes as such (as the crate serde_bytes has them).
#[derive(Debug, PartialEq)]
struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Bytes, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Bytes;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }
        }
        from.deserialize_byte_buf(Visitor)
    }
}

#[test]
fn there_and_back() {
    same(Shape::Nothing);
    same(Shape::Dot(-3));
    same(Shape::Line(1, "x".into()));
    same(Shape::Box { a: 1, b: None });
    same(vec![Some(Shape::Dot(1)), None]);
    same(Any::Map(BTreeMap::from([
        (
            "list".into(),
            Any::List(vec![Any::Int(1), Any::Num(1.5), Any::Str("5".into())]),
        ),
        ("caf\u{e9}".into(), Any::Str("\u{e9}\u{263a}".into())),
    ])));
    same((Tagged::Tea { cups: 3 }, Tagged::Water));
    same(Server {
        host: "h".into(),
        port: Port {
            number: 80,
            name: "http".into(),
        },
        rest: BTreeMap::from([("more".into(), "\u{ff}".into())]),
        tags: BTreeSet::from(["a".into(), "b".into()]),
    });
    same((Unit, (), Row(1, 0.1, '\u{df}'), [1, 2, 3]));
    same((u64::MAX, i64::MIN, i128::MAX, u128::MAX, i128::MIN, 5i128));
    same((f64::MAX, f64::INFINITY, f32::MIN_POSITIVE, 1e16, 0.1f32));
    same(HashMap::from([(1u32, 'a'), (2, 'b')]));
    same(BTreeMap::from([(true, -5i8), (false, 5)]));
    same(Bytes(vec![0, 255, 128, 10]));
    same(vec![0u8, 255]);
    same((
        std::path::PathBuf::from("/x"),
        std::time::Duration::from_millis(1500),
    ));
    let mut perl = Perl::new();
    let value = to_value(&-0.0f64, &mut perl).unwrap();
    assert!(
        from_value::<f64>(value, &mut perl)
            .unwrap()
            .is_sign_negative()
    );
}

#[test]
fn scripts_are_read_as_perl_reads_them() {
    assert_eq!(read("'1e3'"), Ok(1000i64));
    assert_eq!(read("1e16"), Ok(10_000_000_000_000_000u64));
    assert_eq!(read("1e19"), Ok(10_000_000_000_000_000_000u64));
    assert_eq!(read("' 12 '"), Ok(12u8));
    assert_eq!(read("5"), Ok("5".to_string()));
    assert_eq!(read("!!1"), Ok("1".to_string()));
    assert_eq!(read("'0.0'"), Ok(true));
    assert_eq!(read("[1, '2', 3.0]"), Ok(vec![1, 2, 3]));
    assert_eq!(
        read("bless { number => '80', name => 5, other => 1 }, 'Port'"),
        Ok(Port {
            number: 80,
            name: "5".into()
        })
    );
    assert_eq!(read("\\\\'deep'"), Ok("deep".to_string()));
    assert_eq!(read("qr/x/i"), Ok("(?^i:x)".to_string()));
    assert_eq!(read("\"caf\\xe9\""), Ok(Any::Str("caf\u{e9}".into())));
    assert_eq!(
        read("my $s = \"\\xe9\"; utf8::upgrade($s); $s"),
        Ok(Bytes(vec![0xe9]))
    );
    assert_eq!(read("{ Dot => '4' }"), Ok(Shape::Dot(4)));
}

#[test]
fn what_does_not_fit_is_named() {
    assert_eq!(
        read::<Vec<BTreeMap<String, Port>>>("[{}, { a => { number => 'x', name => 1 } }]")
            .unwrap_err(),
        "[1].a.number: string \"x\" is not u16"
    );
    assert_eq!(
        read::<BTreeMap<String, Vec<u8>>>("{ ports => [1, 256] }").unwrap_err(),
        "ports[1]: invalid value: integer `256`, expected u8"
    );
    assert_eq!(
        read::<Port>("{ number => 1 }").unwrap_err(),
        "missing field `name`"
    );
    assert_eq!(
        read::<Port>("{ number => undef, name => 1 }").unwrap_err(),
        "number: undef is not u16"
    );
    assert_eq!(
        read::<String>("[1]").unwrap_err(),
        "an array is not a string"
    );
    assert_eq!(
        read::<Vec<i64>>("{}").unwrap_err(),
        "a hash is not a sequence"
    );
    assert!(read::<(i64,)>("[1, 2]").is_err());
    assert!(read::<Bytes>("\"\\x{100}\"").is_err());
    assert!(
        read::<Shape>("{ Nope => 1 }")
            .unwrap_err()
            .starts_with("unknown variant")
    );
    assert!(
        read::<Any>("my $x = []; push @$x, $x; $x")
            .unwrap_err()
            .contains("in a circle")
    );
    assert!(
        read::<Any>("sub { }")
            .unwrap_err()
            .contains("a reference to a sub")
    );
}

#[test]
fn natives_take_and_give_structures() {
    let mut perl = Perl::new();
    perl.define("next_port", |_, Data(port): Data<Port>| {
        Ok(Data(Port {
            number: port.number + 1,
            ..port
        }))
    });
    let text: String = perl
        .eval("my $p = next_port({ number => '79', name => 'x' }); \"$p->{number} $p->{name}\"")
        .unwrap();
    assert_eq!(text, "80 x");
    let error = perl.eval::<()>("next_port({ name => 'x' })").unwrap_err();
    assert!(
        error
            .text()
            .starts_with("main::next_port: missing field `number` at"),
        "{error}"
    );
    let Data(ports): Data<Vec<Port>> = perl
        .eval("[next_port({ number => 1, name => 'y' })]")
        .unwrap();
    assert_eq!(ports[0].number, 2);
}
