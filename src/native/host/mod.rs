//! What the machine itself is asked and told: Sys::Hostname, Sys::Syslog.
pub(super) mod hostname;
pub(super) mod syslog;
