//! What no Perl program can see: sharing, growth, places remembered.

use super::*;

#[test]
fn a_string_is_one_word() {
    assert_eq!(size_of::<Option<PerlStr>>(), 8);
}

#[test]
fn changes_do_not_reach_the_other_holder() {
    let a = PerlStr::from("abc");
    let mut b = a.clone();
    assert!(a.is_shared() && a.same_buffer(&b));
    b.push_bytes(b"def");
    assert!(b.try_splice_bytes(1, 2, b"XYZ").is_ok());
    assert_eq!((a, b), ("abc".into(), "aXYZcdef".into()));
}

#[test]
fn flags_meet_halfway() {
    let mut a = PerlStr::from_bytes(b"\xe9");
    let b = a.upgraded();
    assert_eq!(a, b);
    assert_eq!(b.as_bytes(), "é".as_bytes());
    assert_eq!(
        b.downgraded().map(|s| s.as_bytes().to_vec()),
        Some(vec![0xE9])
    );
    a.push_char(0x20AC);
    assert_eq!(a, "é€");
    assert!(!a.downgrade());
    assert!(b < a);
    let mut c = PerlStr::from("€");
    c.push_str(&PerlStr::from_bytes(b"\xe9"));
    assert_eq!(c, "€é");
    assert_eq!(c.chars().rev().collect::<Vec<_>>(), [0xE9, 0x20AC]);
}

#[test]
fn splices_agree_with_vec() {
    for len in 0..20usize {
        for start in 0..=len {
            for end in start..=len {
                for n in 0..20 {
                    let base: Vec<u8> = (0..len as u8).collect();
                    let new = vec![b'x'; n];
                    let mut s = PerlStr::from_bytes(&base);
                    let mut v = base.clone();
                    assert!(s.try_splice_bytes(start, end, &new).is_ok());
                    v.splice(start..end, new);
                    assert_eq!(s.as_bytes(), v);
                }
            }
        }
    }
}

#[test]
fn a_queue_of_bytes_stays_small() {
    let mut s = PerlStr::new();
    for i in 0..1_000_000u32 {
        s.push_bytes(&i.to_le_bytes());
        if i >= 10 {
            assert_eq!(s.as_bytes()[..4], (i - 10).to_le_bytes());
            s.drain_front(4);
        }
    }
    assert!(s.head().cap < 1000);
}

#[test]
fn places_are_forgotten_when_the_string_changes() {
    let mut s = PerlStr::from("aé€😀".repeat(100));
    for n in (0..=400).chain((0..=400).rev()) {
        let at = s.byte_offset_of_char(n).unwrap_or(usize::MAX);
        assert_eq!(at, n / 4 * 10 + [0, 1, 3, 6][n % 4]);
        assert_eq!(s.char_index_of_byte(at), n);
    }
    assert_eq!(s.char_len(), 400);
    assert_eq!(s.byte_offset_of_char(401), None);
    s.drain_front(1);
    assert_eq!((s.char_len(), s.byte_offset_of_char(1)), (399, Some(2)));
    assert_eq!(s.substr_chars(398, 5), "😀");
}

#[test]
fn sizes_beyond_memory_are_refused() {
    let s = PerlStr::from("abcdefgh");
    assert_eq!(s.repeat(usize::MAX).err(), Some(OutOfMemory));
    assert_eq!(s.repeat(1 << 58).err(), Some(OutOfMemory));
    assert_eq!(s.clone().try_reserve(usize::MAX).err(), Some(OutOfMemory));
    assert_eq!(s.repeat(3).ok(), Some("abcdefghabcdefghabcdefgh".into()));
}
