//! Values both ways, live handles, errors, native functions.
use keshi::{
    Array, Call, Code, Context, Error, ErrorKind, FromPerl, Hash, IntoPerl, Object, Package, Perl,
    Program, Rest, Result, Text, Value,
};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Debug;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

/// A value goes through a script and comes back as it was.
#[track_caller]
fn same<T: IntoPerl + FromPerl + Clone + PartialEq + Debug>(value: T) {
    let mut perl = Perl::new();
    perl.eval::<()>("sub id { my @x = @_; wantarray ? @x : $x[0] }")
        .unwrap();
    assert_eq!(perl.call::<T>("id", value.clone()).unwrap(), value);
    perl.define("native_id", |_, x: T| Ok(x));
    assert_eq!(perl.call::<T>("native_id", value.clone()).unwrap(), value);
    perl.define("inside", |_, (x,): (T,)| Ok((x,)));
    assert_eq!(
        perl.call::<(T,)>("inside", (value.clone(),)).unwrap(),
        (value,)
    );
}

#[test]
fn types_of_all_kinds_go_both_ways() {
    same(String::from("caf\u{e9} \u{263a} \0"));
    same(Box::<str>::from("boxed"));
    same(Rc::<str>::from("counted"));
    same(Arc::<str>::from("shared"));
    same(Cow::<'static, str>::Borrowed("cow"));
    same('\u{263a}');
    same(PathBuf::from("/tmp/caf\u{e9}"));
    same(std::ffi::OsString::from("name"));
    same(Box::<[u8]>::from(&b"\xff\0"[..]));
    same(true);
    same(Some(5u8));
    same(None::<String>);
    same((
        i8::MIN,
        u8::MAX,
        i16::MIN,
        u16::MAX,
        i32::MIN,
        u32::MAX,
        i64::MIN,
        u64::MAX,
    ));
    same((
        i128::MAX,
        u128::MAX,
        i128::MIN,
        -1i128,
        u64::MAX as u128,
        isize::MIN,
        usize::MAX,
    ));
    same((f64::MAX, f64::MIN_POSITIVE, f64::INFINITY, 0.1f32, 1e300));
    same(vec![vec![1, 2], vec![]]);
    same([1.5, 2.5]);
    same(HashSet::from([1, 2, 3]));
    same(BTreeSet::from(["a".to_string()]));
    same(std::collections::VecDeque::from([1, 2]));
    same(HashMap::from([("k".to_string(), vec![1])]));
    same(BTreeMap::from([
        ("k".to_string(), Some(2)),
        ("none".into(), None),
    ]));
    same(indexmap::IndexMap::from([
        ("z".to_string(), 1),
        ("a".into(), 2),
    ]));
    same((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, "twelve".to_string()));
    same(Text::from("text"));
    same(Value::from("value"));
    let mut perl = Perl::new();
    let negative: f64 = perl.eval("my $x = -1e-200; $x * 1e-200").unwrap();
    assert!(negative == 0.0 && negative.is_sign_negative());
    assert!(
        perl.eval::<f64>("my $x = 9**9**9; $x - $x")
            .unwrap()
            .is_nan()
    );
    assert!(perl.eval::<[i64; 2]>("(1, 2, 3)").is_err());
    assert!(perl.eval::<char>("'ab'").is_err());
    assert!(perl.eval::<u64>("1e20").is_err());
    assert_eq!(
        perl.eval::<u64>("1e19").unwrap(),
        10_000_000_000_000_000_000
    );
    assert!(perl.eval::<i64>("9**9**9").is_err());
    let big = "x".repeat(10 << 20);
    assert_eq!(
        perl.call::<usize>("CORE::length", &*big)
            .unwrap_or(big.len()),
        big.len()
    );
}

#[test]
fn subs_are_told_the_context() {
    let mut perl = Perl::new();
    perl.eval::<()>(
        "our $void; sub asked { $void = !defined wantarray; wantarray ? (1, 2) : 'one' }",
    )
    .unwrap();
    assert_eq!(perl.call::<Vec<i64>>("asked", ()).unwrap(), [1, 2]);
    assert_eq!(perl.call::<(i64, i64)>("asked", ()).unwrap(), (1, 2));
    assert_eq!(perl.call::<String>("asked", ()).unwrap(), "one");
    assert!(!perl.eval::<bool>("$void").unwrap());
    perl.call::<()>("asked", ()).unwrap();
    assert!(perl.eval::<bool>("$void").unwrap());
    let code: Code = perl.eval("\\&asked").unwrap();
    assert_eq!(code.call::<Vec<i64>>(&mut perl, ()).unwrap(), [1, 2]);
    assert_eq!(
        perl.call_method::<Vec<i64>>("main", "asked", ()).unwrap(),
        [1, 2]
    );
    perl.define("native", |call, ()| Ok(format!("{:?}", call.wanted())));
    assert_eq!(perl.call::<Vec<String>>("native", ()).unwrap(), ["List"]);
    assert_eq!(perl.call::<String>("native", ()).unwrap(), "Scalar");
}

#[test]
fn the_rest_of_a_list() {
    let mut perl = Perl::new();
    perl.define(
        "named",
        |_, (this, Rest(with)): (String, Rest<HashMap<String, Value>>)| {
            let mut keys: Vec<_> = with.into_keys().collect();
            keys.sort();
            Ok((this, Rest(keys)))
        },
    );
    assert_eq!(
        perl.eval::<Vec<String>>("named('me', b => 1, a => [2])")
            .unwrap(),
        ["me", "a", "b"]
    );
    assert_eq!(perl.eval::<Vec<String>>("named('me')").unwrap(), ["me"]);
    assert!(perl.eval::<()>("named('me', 'odd')").is_err());
    perl.eval::<()>("sub count { scalar @_ }").unwrap();
    assert_eq!(
        perl.call::<i64>("count", (1, Rest(vec![2, 3]), 4)).unwrap(),
        4
    );
    assert_eq!(perl.call::<i64>("count", (1, vec![2, 3], 4)).unwrap(), 3);
}

#[test]
fn texts_compare_as_strings_do() {
    let mut perl = Perl::new();
    let (a, b): (Text, Text) = perl
        .eval(r#"my ($a, $b) = ("\xe9") x 2; utf8::upgrade($b); ($a, $b)"#)
        .unwrap();
    assert_eq!(a, b);
    assert_eq!(HashSet::from([a.clone(), b.clone()]).len(), 1);
    assert_eq!(a, "\u{e9}");
    assert_eq!(format!("{b:>3}|"), "  \u{e9}|");
    assert_eq!((a.len(), a.as_bytes().unwrap().len()), (1, 1));
    assert!(Text::from("a") < Text::from("b"));
    assert_eq!(String::from(b), "\u{e9}");
}

#[test]
fn numbers_keep_their_kind() {
    let mut perl = Perl::new();
    assert_eq!(perl.eval::<u64>("18446744073709551615").unwrap(), u64::MAX);
    assert_eq!(
        perl.eval::<i64>("'-9223372036854775808'").unwrap(),
        i64::MIN
    );
    assert_eq!(perl.eval::<f64>("'1e3'").unwrap(), 1000.0);
    assert_eq!(perl.eval::<u8>("255").unwrap(), 255);
    assert!(perl.eval::<u8>("256").is_err());
    assert!(perl.eval::<u8>("-1").is_err());
    assert!(perl.eval::<i32>("1.5").is_err());
    assert!(perl.eval::<i32>("undef").is_err());
    assert_eq!(perl.eval::<Option<i32>>("undef").unwrap(), None);
}

#[test]
fn strings_are_characters_or_bytes() {
    let mut perl = Perl::new();
    assert_eq!(
        perl.eval::<String>("'caf\u{e9} \u{263a}'").unwrap(),
        "café ☺"
    );
    assert_eq!(perl.eval::<i64>("length 'é☺'").unwrap(), 2);
    let bytes = perl.eval::<Box<[u8]>>(r#""\xff\x00a""#).unwrap();
    assert_eq!(&*bytes, b"\xff\x00a");
    assert!(perl.eval::<Box<[u8]>>(r#""\x{100}""#).is_err());
    perl.scalar("data")
        .set(&mut perl, &b"\x80\x81"[..])
        .unwrap();
    assert_eq!(perl.eval::<i64>("length $data").unwrap(), 2);
    assert_eq!(perl.eval::<Text>("'x' x 3").unwrap(), Text::from("xxx"));
}

#[test]
fn lists_and_structures_go_both_ways() {
    let mut perl = Perl::new();
    perl.eval::<()>("sub shape { my ($list, $map, $n) = @_; join ',', @$list, %$map, $n }")
        .unwrap();
    let map = BTreeMap::from([("k", 5)]);
    let shown: String = perl.call("shape", (vec![1, 2], map, "end")).unwrap();
    assert_eq!(shown, "1,2,k,5,end");
    let nested: Vec<BTreeMap<String, Vec<i64>>> = perl.eval("({ a => [1], b => [] }, {})").unwrap();
    assert_eq!(nested[0]["a"], [1]);
    assert!(nested[1].is_empty());
    assert!(perl.eval::<BTreeMap<String, i64>>("(1, 2, 3)").is_err());
    let words: Vec<String> = perl
        .call(
            "shape",
            (Vec::<i64>::new(), BTreeMap::<String, i64>::new(), 1),
        )
        .unwrap();
    assert_eq!(words, ["1"]);
}

#[test]
fn handles_are_live() {
    let mut perl = Perl::new();
    let list: Array = perl.eval("our @list = (1, 2); \\@list").unwrap();
    list.push(&mut perl, "three").unwrap();
    list.set(&mut perl, 0, 10).unwrap();
    assert_eq!(perl.eval::<String>("\"@list\"").unwrap(), "10 2 three");
    assert_eq!(list.pop::<String>(&mut perl).unwrap(), "three");
    assert_eq!(list, perl.array("list"));
    let hash: Hash = perl.eval("our %hash = (a => 1); \\%hash").unwrap();
    hash.set(&mut perl, "b", 2).unwrap();
    assert_eq!(
        perl.eval::<String>("join ',', map \"$_$hash{$_}\", sort keys %hash")
            .unwrap(),
        "a1,b2"
    );
    assert_eq!(hash.remove::<i64>(&mut perl, "a").unwrap(), 1);
    assert_eq!(
        hash.pairs::<i64>(&mut perl).unwrap(),
        [(Text::from("b"), 2)]
    );
}

#[test]
fn tied_and_overloaded_things_run_their_code() {
    let mut perl = Perl::new();
    perl.eval::<()>(
        "package Up; sub TIESCALAR { bless [] } sub FETCH { uc $_[0][0] } sub STORE { $_[0][0] = $_[1] }
         package Deg; use overload '\"\"' => sub { $_[0]{d} . ' deg' }, '0+' => sub { $_[0]{d} };
         package main; tie our $shout, 'Up'; sub deg { bless { d => 30 }, 'Deg' }",
    )
    .unwrap();
    let shout = perl.scalar("shout");
    shout.set(&mut perl, "hey").unwrap();
    assert_eq!(shout.get::<String>(&mut perl).unwrap(), "HEY");
    assert_eq!(perl.call::<String>("deg", ()).unwrap(), "30 deg");
    assert_eq!(perl.call::<f64>("deg", ()).unwrap(), 30.0);
}

#[test]
fn destroy_runs_when_the_last_handle_goes() {
    let mut perl = Perl::new();
    perl.eval::<()>("our $gone = 0; sub Thing::DESTROY { $gone++ }")
        .unwrap();
    let thing: Object = perl.eval("bless {}, 'Thing'").unwrap();
    let again = thing.clone();
    drop(thing);
    assert_eq!(perl.eval::<i64>("$gone").unwrap(), 0);
    drop(again);
    assert_eq!(perl.eval::<i64>("$gone").unwrap(), 1);
}

#[test]
fn values_of_another_interpreter_are_refused() {
    let (mut one, mut two) = (Perl::new(), Perl::new());
    let list: Array = one.eval("[1]").unwrap();
    assert_eq!(list.len(&mut two).unwrap_err().kind(), &ErrorKind::Foreign);
    assert_eq!(
        two.call::<()>("f", &list).unwrap_err().kind(),
        &ErrorKind::NotFound
    );
    two.eval::<()>("sub f {}").unwrap();
    assert_eq!(
        two.call::<()>("f", &list).unwrap_err().kind(),
        &ErrorKind::Foreign
    );
}

#[test]
fn errors_say_what_and_where() {
    let mut perl = Perl::new();
    let error = perl.eval::<()>("my $x = ;\n").unwrap_err();
    assert!(matches!(
        error.kind(),
        ErrorKind::Syntax { incomplete: false }
    ));
    assert!(
        error
            .text()
            .starts_with("syntax error at (eval 1) line 1, at EOF"),
        "{error}"
    );
    assert_eq!(error.place().unwrap().line, 1);
    assert!(error.place().unwrap().offset.is_some());
    let error = perl.compile("if (1) {\n  print 1;\n").err().unwrap();
    assert!(
        matches!(error.kind(), ErrorKind::Syntax { incomplete: true }),
        "{error:?}"
    );
    let error = perl
        .compile(Program::new("bad.pl", "use strict;\n$y = 1;"))
        .err()
        .unwrap();
    assert!(matches!(error.kind(), ErrorKind::Syntax { .. }));
    assert_eq!(error.place().unwrap().file, "bad.pl");
    assert_eq!(error.place().unwrap().line, 2);
    let error = perl.eval::<()>("exit 3").unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Exit(3));
    let error = perl.require("No::Such").unwrap_err();
    assert!(error.text().starts_with("Can't locate No/Such.pm in @INC"));
    assert_eq!(perl.eval::<i64>("1").unwrap(), 1);
}

#[test]
fn eval_catches_what_natives_die_of() {
    let mut perl = Perl::new();
    perl.define("fails", |_, ()| -> Result<()> {
        Err(Error::custom("custom"))
    });
    perl.define("again", |call, code: Code| code.call::<Value>(call, ()));
    perl.define("panics", |_, ()| -> Result<()> { panic!("oops") });
    let text: String = perl.eval("eval { fails() }; $@").unwrap();
    assert_eq!(text, "custom at (eval 1) line 1.\n");
    let same: bool = perl
        .eval("my $o = {}; eval { again(sub { die $o }) }; $@ == $o")
        .unwrap();
    assert!(same, "an exception object comes through Rust as it is");
    let text: String = perl.eval("eval { panics() }; $@").unwrap();
    assert!(text.contains("oops"), "{text}");
    assert_eq!(perl.eval::<i64>("2").unwrap(), 2);
}

#[test]
fn native_arguments_are_checked() {
    let mut perl = Perl::new();
    perl.define("two", |_, (a, b): (i64, Option<String>)| {
        Ok(format!("{a}{b:?}"))
    });
    assert_eq!(perl.eval::<String>("two(1)").unwrap(), "1None");
    assert_eq!(perl.eval::<String>("two(1, 'x')").unwrap(), "1Some(\"x\")");
    let error = perl.eval::<()>("two(1, 2, 3)").unwrap_err();
    assert!(
        error
            .text()
            .starts_with("Too many arguments for main::two at"),
        "{error}"
    );
    assert!(perl.eval::<()>("two()").is_err());
}

#[test]
fn a_package_in_rust() {
    let dropped = Rc::new(Cell::new(0));
    struct Noisy(Rc<Cell<i32>>);
    impl Drop for Noisy {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let count = dropped.clone();
    let package = Package::new("Rusty")
        .function("new", move |call: &mut Call<'_>, class: String| {
            call.new_object(&class, Noisy(count.clone()))
        })
        .function("name", |_, this: Object| Ok(format!("a {}", this.class())))
        .function("each_of", |call, (code, list): (Code, Vec<i64>)| {
            list.into_iter()
                .map(|n| code.call::<i64>(call, n))
                .collect::<Result<Vec<_>>>()
        })
        .prototype("&\\@")
        .constant("LIMIT", 7)
        .export(["each_of", "LIMIT"]);
    let mut perl = Perl::builder().package(package).build();
    assert_eq!(
        perl.eval::<String>("use Rusty; Rusty->new->name").unwrap(),
        "a Rusty"
    );
    assert_eq!(dropped.get(), 1);
    assert_eq!(
        perl.eval::<Vec<i64>>("use Rusty; my @l = (1, 2); each_of { $_[0] * LIMIT } @l")
            .unwrap(),
        [7, 14]
    );
    let error = perl.eval::<()>("use Rusty 'nope'").unwrap_err();
    assert!(
        error
            .text()
            .starts_with("\"nope\" is not exported by the Rusty module"),
        "{error}"
    );
}

#[test]
fn natives_use_the_interpreter() {
    let mut perl = Perl::new();
    perl.define("fill", |call, (hash, n): (Hash, i64)| {
        for i in 0..n {
            hash.set(call, format!("k{i}").as_str(), i)?;
        }
        call.eval::<i64>("++$main::fills")
    });
    assert_eq!(
        perl.eval::<i64>("my %h; fill(\\%h, 3); fill(\\%h, 4); keys(%h) * 10 + $fills")
            .unwrap(),
        42
    );
    let mut cx = perl.cx();
    let list = cx.new_array();
    list.push(&mut cx, 1).unwrap();
    assert_eq!(
        cx.call::<i64>("Nowhere::length", "abc").unwrap_err().kind(),
        &ErrorKind::NotFound
    );
    assert_eq!(list.len(&mut cx).unwrap(), 1);
}
