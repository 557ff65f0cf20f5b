//! I18N::Langinfo: what the locale says (perldoc I18N::Langinfo).
use crate::sys::locale;
use crate::value::Val;
use crate::vm::native::{Family, Ret, row};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "I18N::Langinfo",
    &[row("langinfo", "_", langinfo, "an item of the locale")],
);

fn langinfo(call: &mut Call<'_>) -> Exec<Ret> {
    let item = call.arg_int(0)?;
    let text = i32::try_from(item)
        .map(locale::langinfo)
        .unwrap_or_default();
    Ok(Val::bytes(&text).into())
}

#[rustfmt::skip]
pub(super) const CONSTANTS: &[(&str, i64)] = &[
    ("ABDAY_1", 0x20000), ("ABDAY_2", 0x20001), ("ABDAY_3", 0x20002), ("ABDAY_4", 0x20003),
    ("ABDAY_5", 0x20004), ("ABDAY_6", 0x20005), ("ABDAY_7", 0x20006), ("ABMON_1", 0x2000e),
    ("ABMON_10", 0x20017), ("ABMON_11", 0x20018), ("ABMON_12", 0x20019), ("ABMON_2", 0x2000f),
    ("ABMON_3", 0x20010), ("ABMON_4", 0x20011), ("ABMON_5", 0x20012), ("ABMON_6", 0x20013),
    ("ABMON_7", 0x20014), ("ABMON_8", 0x20015), ("ABMON_9", 0x20016), ("ALT_DIGITS", 0x2002f),
    ("AM_STR", 0x20026), ("CODESET", 14), ("CRNCYSTR", 0x4000f), ("DAY_1", 0x20007), ("DAY_2", 0x20008),
    ("DAY_3", 0x20009), ("DAY_4", 0x2000a), ("DAY_5", 0x2000b), ("DAY_6", 0x2000c), ("DAY_7", 0x2000d),
    ("D_FMT", 0x20029), ("D_T_FMT", 0x20028), ("ERA", 0x2002c), ("ERA_D_FMT", 0x2002e),
    ("ERA_D_T_FMT", 0x20030), ("ERA_T_FMT", 0x20031), ("MON_1", 0x2001a), ("MON_10", 0x20023),
    ("MON_11", 0x20024), ("MON_12", 0x20025), ("MON_2", 0x2001b), ("MON_3", 0x2001c), ("MON_4", 0x2001d),
    ("MON_5", 0x2001e), ("MON_6", 0x2001f), ("MON_7", 0x20020), ("MON_8", 0x20021), ("MON_9", 0x20022),
    ("NOEXPR", 0x50001), ("NOSTR", 0x50003), ("PM_STR", 0x20027), ("RADIXCHAR", 0x10000),
    ("THOUSEP", 0x10001), ("T_FMT", 0x2002a), ("T_FMT_AMPM", 0x2002b), ("YESEXPR", 0x50000),
    ("YESSTR", 0x50002),
];
