//! Who is who on this system (perlfunc, family User).
use crate::sys::user::{self, Group, Passwd};
use crate::value::Val;
use crate::vm::native::{Family, Ret, function};
use crate::vm::{Call, Exec};

pub(super) const FAMILY: Family = Family::new(
    "User",
    &[
        function("endgrent", "", |_| done(user::endgrent)),
        function("endpwent", "", |_| done(user::endpwent)),
        function("getgrent", "", |call| {
            group(call, user::getgrent(), Key::Name)
        }),
        function("getgrgid", "$", getgrgid),
        function("getgrnam", "$", getgrnam),
        function("getlogin", "", |_| {
            Ok(Ret::One(user::getlogin().map(|n| Val::bytes(&n)).into()))
        }),
        function("getpwent", "", |call| {
            passwd(call, user::getpwent(), Key::Name)
        }),
        function("getpwnam", "$", getpwnam),
        function("getpwuid", "$", getpwuid),
        function("setgrent", "", |_| done(user::setgrent)),
        function("setpwent", "", |_| done(user::setpwent)),
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
