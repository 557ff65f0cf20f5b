//! Who is who on this system (perlfunc, family User).
use crate::sys::user::{self, Group, Passwd};
use crate::value::Val;
use crate::vm::native::{Family, Gives::List, Gives::Scalar, Ret, row};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "User",
    &[
        row(
            "endgrent",
            "",
            Scalar,
            |_| done(user::endgrent),
            "be done using group file",
        ),
        row(
            "endpwent",
            "",
            Scalar,
            |_| done(user::endpwent),
            "be done using passwd file",
        ),
        row(
            "getgrent",
            "",
            List,
            |call| group(call, user::getgrent(), Key::Name),
            "get next group record",
        ),
        row(
            "getgrgid",
            "$",
            List,
            getgrgid,
            "get group record given group user ID",
        ),
        row(
            "getgrnam",
            "$",
            List,
            getgrnam,
            "get group record given group name",
        ),
        row(
            "getlogin",
            "",
            Scalar,
            |_| Ok(Ret::One(user::getlogin().map(|n| Val::bytes(&n)).into())),
            "return who logged in at this tty",
        ),
        row(
            "getpwent",
            "",
            List,
            |call| passwd(call, user::getpwent(), Key::Name),
            "get next passwd record",
        ),
        row(
            "getpwnam",
            "$",
            List,
            getpwnam,
            "get passwd record given user login name",
        ),
        row(
            "getpwuid",
            "$",
            List,
            getpwuid,
            "get passwd record given user ID",
        ),
        row(
            "setgrent",
            "",
            Scalar,
            |_| done(user::setgrent),
            "prepare group file for use",
        ),
        row(
            "setpwent",
            "",
            Scalar,
            |_| done(user::setpwent),
            "prepare passwd file for use",
        ),
    ],
);

/// What a scalar look-up gives: what was not asked with.
#[derive(Clone, Copy)]
enum Key {
    Name,
    Id,
}

fn done(f: fn()) -> Exec<Ret> {
    f();
    Ok(Ret::One(Val::Int(1)))
}

fn getpwnam(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    passwd(call, user::getpwnam(name.as_bytes()), Key::Id)
}

fn getpwuid(call: &mut Call<'_>) -> Exec<Ret> {
    let uid = call.arg_int(0)? as u32;
    passwd(call, user::getpwuid(uid), Key::Name)
}

fn getgrnam(call: &mut Call<'_>) -> Exec<Ret> {
    let name = call.arg_str(0)?;
    group(call, user::getgrnam(name.as_bytes()), Key::Id)
}

fn getgrgid(call: &mut Call<'_>) -> Exec<Ret> {
    let gid = call.arg_int(0)? as u32;
    group(call, user::getgrgid(gid), Key::Name)
}

fn passwd(call: &mut Call<'_>, found: Option<Passwd>, key: Key) -> Exec<Ret> {
    let Some(entry) = found else {
        return Ok(Ret::Nothing);
    };
    let text = |bytes: &[u8]| Val::bytes(bytes);
    let id = |n: u32| Val::Int(i64::from(n));
    if !call.wants_list() {
        return Ok(Ret::One(match key {
            Key::Name => text(&entry.name),
            Key::Id => id(entry.uid),
        }));
    }
    call.list([
        text(&entry.name),
        text(&entry.passwd),
        id(entry.uid),
        id(entry.gid),
        Val::empty(),
        Val::empty(),
        text(&entry.gecos),
        text(&entry.dir),
        text(&entry.shell),
    ])
}

fn group(call: &mut Call<'_>, found: Option<Group>, key: Key) -> Exec<Ret> {
    let Some(entry) = found else {
        return Ok(Ret::Nothing);
    };
    if !call.wants_list() {
        return Ok(Ret::One(match key {
            Key::Name => Val::bytes(&entry.name),
            Key::Id => Val::Int(i64::from(entry.gid)),
        }));
    }
    let members = entry.members.join(&b" "[..]);
    call.list([
        Val::bytes(&entry.name),
        Val::bytes(&entry.passwd),
        Val::Int(i64::from(entry.gid)),
        Val::bytes(&members),
    ])
}
