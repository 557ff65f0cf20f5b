package Socket;
# Constants and address functions for sockets (perldoc Socket). Native: every constant this system
# has, inet_*, pack_*/unpack_*, sockaddr_family, getaddrinfo, getnameinfo.

use strict;
use warnings::register;
require Exporter;
require XSLoader;

our $VERSION = '2.033';
our @ISA     = ('Exporter');

# XF_ stands for both families, PF_ and AF_.
our @EXPORT = map { /^XF_(.*)/ ? ("PF_$1", "AF_$1") : $_ } qw(
    XF_802 XF_AAL XF_APPLETALK XF_CCITT XF_CHAOS XF_CTF XF_DATAKIT XF_DECnet XF_DLI XF_ECMA XF_GOSIP
    XF_HYLINK XF_IMPLINK XF_INET XF_INET6 XF_ISO XF_KEY XF_LAST XF_LAT XF_LINK XF_MAX XF_NBS XF_NIT XF_NS
    XF_OSI XF_OSINET XF_PUP XF_ROUTE XF_SNA XF_UNIX XF_UNSPEC XF_USER XF_WAN XF_X25 SOCK_DGRAM SOCK_RAW
    SOCK_RDM SOCK_SEQPACKET SOCK_STREAM SOL_SOCKET SO_ACCEPTCONN SO_ATTACH_FILTER SO_BACKLOG SO_BROADCAST
    SO_CHAMELEON SO_DEBUG SO_DETACH_FILTER SO_DGRAM_ERRIND SO_DOMAIN SO_DONTLINGER SO_DONTROUTE SO_ERROR
    SO_FAMILY SO_KEEPALIVE SO_LINGER SO_OOBINLINE SO_PASSCRED SO_PASSIFNAME SO_PEERCRED SO_PROTOCOL
    SO_PROTOTYPE SO_RCVBUF SO_RCVLOWAT SO_RCVTIMEO SO_REUSEADDR SO_REUSEPORT SO_SECURITY_AUTHENTICATION
    SO_SECURITY_ENCRYPTION_NETWORK SO_SECURITY_ENCRYPTION_TRANSPORT SO_SNDBUF SO_SNDLOWAT SO_SNDTIMEO
    SO_STATE SO_TYPE SO_USELOOPBACK SO_XOPEN SO_XSE IP_HDRINCL IP_OPTIONS IP_RECVOPTS IP_RECVRETOPTS
    IP_RETOPTS IP_TOS IP_TTL MSG_BCAST MSG_BTAG MSG_CTLFLAGS MSG_CTLIGNORE MSG_CTRUNC MSG_DONTROUTE
    MSG_DONTWAIT MSG_EOF MSG_EOR MSG_ERRQUEUE MSG_ETAG MSG_FASTOPEN MSG_FIN MSG_MAXIOVLEN MSG_MCAST
    MSG_NOSIGNAL MSG_OOB MSG_PEEK MSG_PROXY MSG_RST MSG_SYN MSG_TRUNC MSG_URG MSG_WAITALL MSG_WIRE SHUT_RD
    SHUT_RDWR SHUT_WR INADDR_ANY INADDR_BROADCAST INADDR_LOOPBACK INADDR_NONE SCM_CONNECT SCM_CREDENTIALS
    SCM_CREDS SCM_RIGHTS SCM_TIMESTAMP SOMAXCONN IOV_MAX UIO_MAXIOV sockaddr_family pack_sockaddr_in
    unpack_sockaddr_in sockaddr_in pack_sockaddr_in6 unpack_sockaddr_in6 sockaddr_in6 pack_sockaddr_un
    unpack_sockaddr_un sockaddr_un inet_aton inet_ntoa
);
our %EXPORT_TAGS = (
    crlf     => [qw(CR LF CRLF $CR $LF $CRLF)],
    addrinfo => [qw(
    getaddrinfo getnameinfo AI_ADDRCONFIG AI_ALL AI_CANONIDN AI_CANONNAME AI_IDN AI_IDN_ALLOW_UNASSIGNED
    AI_IDN_USE_STD3_ASCII_RULES AI_NUMERICHOST AI_NUMERICSERV AI_PASSIVE AI_V4MAPPED NI_DGRAM NI_IDN
    NI_IDN_ALLOW_UNASSIGNED NI_IDN_USE_STD3_ASCII_RULES NI_NAMEREQD NI_NOFQDN NI_NUMERICHOST NI_NUMERICSERV
    NIx_NOHOST NIx_NOSERV EAI_ADDRFAMILY EAI_AGAIN EAI_BADFLAGS EAI_BADHINTS EAI_FAIL EAI_FAMILY EAI_NODATA
    EAI_NONAME EAI_PROTOCOL EAI_SERVICE EAI_SOCKTYPE EAI_SYSTEM
    )],
);
our @EXPORT_OK = (@{ $EXPORT_TAGS{crlf} }, @{ $EXPORT_TAGS{addrinfo} }, qw(
    SOCK_NONBLOCK SOCK_CLOEXEC IP_ADD_MEMBERSHIP IP_ADD_SOURCE_MEMBERSHIP IP_BIND_ADDRESS_NO_PORT
    IP_DROP_MEMBERSHIP IP_DROP_SOURCE_MEMBERSHIP IP_FREEBIND IP_MULTICAST_ALL IP_MULTICAST_IF
    IP_MULTICAST_LOOP IP_MULTICAST_TTL IP_MTU IP_MTU_DISCOVER IP_NODEFRAG IP_RECVERR IP_TRANSPARENT
    IPPROTO_IP IPPROTO_IPV6 IPPROTO_RAW IPPROTO_ICMP IPPROTO_IGMP IPPROTO_TCP IPPROTO_UDP IPPROTO_GRE
    IPPROTO_ESP IPPROTO_AH IPPROTO_ICMPV6 IPPROTO_SCTP IP_PMTUDISC_DO IP_PMTUDISC_DONT IP_PMTUDISC_PROBE
    IP_PMTUDISC_WANT IPTOS_LOWDELAY IPTOS_THROUGHPUT IPTOS_RELIABILITY IPTOS_MINCOST TCP_CONGESTION
    TCP_CONNECTIONTIMEOUT TCP_CORK TCP_DEFER_ACCEPT TCP_FASTOPEN TCP_INFO TCP_INIT_CWND TCP_KEEPALIVE
    TCP_KEEPCNT TCP_KEEPIDLE TCP_KEEPINTVL TCP_LINGER2 TCP_MAXRT TCP_MAXSEG TCP_MD5SIG TCP_NODELAY
    TCP_NOOPT TCP_NOPUSH TCP_QUICKACK TCP_SACK_ENABLE TCP_STDURG TCP_SYNCNT TCP_USER_TIMEOUT
    TCP_WINDOW_CLAMP IN6ADDR_ANY IN6ADDR_LOOPBACK IPV6_ADDRFROM IPV6_ADD_MEMBERSHIP IPV6_DROP_MEMBERSHIP
    IPV6_JOIN_GROUP IPV6_LEAVE_GROUP IPV6_MTU IPV6_MTU_DISCOVER IPV6_MULTICAST_HOPS IPV6_MULTICAST_IF
    IPV6_MULTICAST_LOOP IPV6_RECVERR IPV6_ROUTER_ALERT IPV6_UNICAST_HOPS IPV6_V6ONLY SO_LOCK_FILTER
    SO_RCVBUFFORCE SO_SNDBUFFORCE pack_ip_mreq unpack_ip_mreq pack_ip_mreq_source unpack_ip_mreq_source
    pack_ipv6_mreq unpack_ipv6_mreq inet_pton inet_ntop
));
$EXPORT_TAGS{all} = [@EXPORT, @EXPORT_OK];

our ($CR, $LF, $CRLF) = ("\015", "\012", "\015\012");
sub CR ()   { "\015" }
sub LF ()   { "\012" }
sub CRLF () { "\015\012" }

XSLoader::load(__PACKAGE__, $VERSION);

# getnameinfo's own wishes, not flags of the system.
sub NIx_NOHOST () { 1 }
sub NIx_NOSERV () { 2 }

# Packs in scalar context or given the parts, else takes apart.
sub sockaddr_in {
    if (@_ == 6 && !wantarray) {
        # Very old: family, port and four numbers.
        my ($family, $port, @quad) = @_;
        return pack_sockaddr_in($port, inet_aton(join '.', @quad));
    }
    if (wantarray) { @_ == 1 or _usage('   (port,iaddr) = sockaddr_in(sin_sv)'); return unpack_sockaddr_in(@_) }
    @_ == 2 or _usage('   sin_sv = sockaddr_in(port,iaddr))');
    return pack_sockaddr_in(@_);
}

sub sockaddr_in6 {
    if (wantarray) {
        @_ == 1 or _usage('   (port,in6addr,scope_id,flowinfo) = sockaddr_in6(sin6_sv)');
        return unpack_sockaddr_in6(@_);
    }
    @_ >= 2 and @_ <= 4 or _usage('   sin6_sv = sockaddr_in6(port,in6addr,[scope_id,[flowinfo]])');
    return pack_sockaddr_in6(@_);
}

sub sockaddr_un {
    if (wantarray) { @_ == 1 or _usage('   (filename) = sockaddr_un(sun_sv)'); return unpack_sockaddr_un(@_) }
    @_ == 1 or _usage('   sun_sv = sockaddr_un(filename)');
    return pack_sockaddr_un(@_);
}

sub _usage { require Carp; Carp::croak("usage: $_[0]") }

1;
