# table: the keys of %Config that are seldom asked for; the file returns a reference to them.
package Config;

use strict;
use warnings;

my %heavy = (
    PERL_API_REVISION => '5',
    PERL_API_SUBVERSION => '0',
    PERL_API_VERSION => '36',
    PERL_REVISION => '5',
    PERL_SUBVERSION => '0',
    PERL_VERSION => '36',
    _a => '.a',
    _o => '.o',
    afsroot => '/afs',
    alignbytes => '8',
    api_revision => '5',
    api_subversion => '0',
    api_version => '36',
    archlib => '/usr/local/lib/keshi/5.36.0',
    archlibexp => '/usr/local/lib/keshi/5.36.0',
    awk => 'awk',
    baserev => '5.0',
    bin => '/usr/local/bin',
    binexp => '/usr/local/bin',
    cat => 'cat',
    cc => 'cc',
    cccdlflags => '-fPIC',
    ccflags => '',
    charbits => '8',
    chmod => 'chmod',
    cp => 'cp',
    cpp => 'cpp',
    csh => 'csh',
    d_double_style_ieee => 'define',
    date => 'date',
    db_hashtype => 'u_int32_t',
    db_prefixtype => 'size_t',
    direntrytype => 'struct dirent',
    doubleinfbytes => '0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xf0, 0x7f',
    doublekind => '3',
    doublemantbits => '52',
    doublenanbytes => '0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xf8, 0xff',
    drand01 => 'drand48()',
    dynamic_ext => join(' ',
        'B Cwd Data/Dumper Digest/MD5 Digest/SHA Encode Fcntl File/Glob Hash/Util I18N/Langinfo IO',
        'IPC/SysV List/Util MIME/Base64 POSIX PerlIO/encoding PerlIO/scalar Socket Storable',
        'Sys/Hostname Sys/Syslog Time/HiRes attributes mro re'),
    echo => 'echo',
    egrep => 'egrep',
    expr => 'expr',
    extensions => join(' ',
        'B Cwd Data/Dumper Digest/MD5 Digest/SHA Encode Fcntl File/Glob Hash/Util I18N/Langinfo IO',
        'IPC/SysV List/Util MIME/Base64 POSIX PerlIO/encoding PerlIO/scalar Socket Storable',
        'Sys/Hostname Sys/Syslog Time/HiRes attributes mro re'),
    fflushNULL => 'define',
    firstmakefile => 'makefile',
    fpossize => '16',
    fpostype => 'fpos_t',
    gidformat => '"u"',
    gidsign => '1',
    gidsize => '4',
    gidtype => 'gid_t',
    grep => 'grep',
    groupcat => 'cat /etc/group',
    groupstype => 'gid_t',
    gzip => 'gzip',
    hint => 'recommended',
    hostcat => 'cat /etc/hosts',
    i16size => '2',
    i16type => 'short',
    i32size => '4',
    i32type => 'int',
    i64size => '8',
    i64type => 'long',
    i8size => '1',
    i8type => 'signed char',
    installarchlib => '/usr/local/lib/keshi/5.36.0',
    installbin => '/usr/local/bin',
    installman1dir => '/usr/local/man/man1',
    installman3dir => '/usr/local/man/man3',
    installprefix => '/usr/local',
    installprivlib => '/usr/local/lib/keshi/5.36.0',
    installscriptdir => '/usr/local/bin',
    installsitearch => '/usr/local/lib/perl/5.36.0',
    installsitebin => '/usr/local/bin',
    installsitelib => '/usr/local/share/perl/5.36.0',
    installsiteprefix => '/usr/local',
    installsitescript => '/usr/local/bin',
    installstyle => 'lib/perl5',
    installvendorarch => '/usr/lib/perl5',
    installvendorbin => '/usr/bin',
    installvendorlib => '/usr/share/perl5',
    installvendorprefix => '/usr',
    installvendorscript => '/usr/bin',
    ivdformat => '"ld"',
    ivtype => 'long',
    ld => 'cc',
    lddlflags => '-shared',
    ldlibpthname => 'LD_LIBRARY_PATH',
    less => 'less',
    lib_ext => '.a',
    libc => '',
    libpth => '/usr/local/lib /usr/lib /lib',
    ln => 'ln',
    lns => 'ln -s',
    longdblkind => '3',
    longdblsize => '16',
    longlongsize => '8',
    ls => 'ls',
    lseeksize => '8',
    lseektype => 'off_t',
    make => 'make',
    man1dir => '/usr/local/man/man1',
    man1direxp => '/usr/local/man/man1',
    man1ext => '1',
    man3dir => '/usr/local/man/man3',
    man3direxp => '/usr/local/man/man3',
    man3ext => '3',
    mkdir => 'mkdir',
    modetype => 'mode_t',
    more => 'more',
    n => '-n',
    netdb_hlen_type => 'size_t',
    netdb_host_type => 'char *',
    netdb_name_type => 'const char *',
    netdb_net_type => 'in_addr_t',
    nvEUformat => '"E"',
    nvFUformat => '"F"',
    nvGUformat => '"G"',
    nv_overflows_integers_at => '256.0*256.0*256.0*256.0*256.0*256.0*2.0*2.0*2.0*2.0*2.0',
    nv_preserves_uv_bits => '53',
    nveformat => '"e"',
    nvfformat => '"f"',
    nvgformat => '"g"',
    nvmantbits => '52',
    nvtype => 'double',
    obj_ext => '.o',
    optimize => '-O2',
    osvers => '',
    package => 'perl5',
    pager => 'less',
    passcat => 'cat /etc/passwd',
    patchlevel => '36',
    perl => 'perl',
    pidtype => 'pid_t',
    prefix => '/usr/local',
    prefixexp => '/usr/local',
    privlib => '/usr/local/lib/keshi/5.36.0',
    privlibexp => '/usr/local/lib/keshi/5.36.0',
    quadkind => '2',
    quadtype => 'long',
    randbits => '48',
    randfunc => 'drand48',
    randseedtype => 'U32',
    rd_nodata => '-1',
    revision => '5',
    rm => 'rm',
    sGMTIME_max => '67768036191676799',
    sGMTIME_min => '-62167219200',
    sLOCALTIME_max => '67768036191676799',
    sLOCALTIME_min => '-62167219200',
    sPRIXU64 => '"lX"',
    sPRId64 => '"ld"',
    sPRIeldbl => '"Le"',
    sPRIfldbl => '"Lf"',
    sPRIgldbl => '"Lg"',
    sPRIi64 => '"li"',
    sPRIo64 => '"lo"',
    sPRIu64 => '"lu"',
    sPRIx64 => '"lx"',
    scriptdir => '/usr/local/bin',
    scriptdirexp => '/usr/local/bin',
    sed => 'sed',
    seedfunc => 'srand48',
    selectminbits => '64',
    selecttype => 'fd_set *',
    sharpbang => '#!',
    shortsize => '2',
    sig_name_init => join(' ',
        '"ZERO", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",',
        '"USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",',
        '"URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS", "NUM32", "NUM33",',
        '"RTMIN", "NUM35", "NUM36", "NUM37", "NUM38", "NUM39", "NUM40", "NUM41", "NUM42", "NUM43",',
        '"NUM44", "NUM45", "NUM46", "NUM47", "NUM48", "NUM49", "NUM50", "NUM51", "NUM52", "NUM53",',
        '"NUM54", "NUM55", "NUM56", "NUM57", "NUM58", "NUM59", "NUM60", "NUM61", "NUM62", "NUM63",',
        '"RTMAX", "IOT", "CLD", "POLL", 0'),
    sig_num_init => join(' ',
        '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,',
        '25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,',
        '48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 6, 17, 29, 0'),
    signal_t => 'void',
    sitearch => '/usr/local/lib/perl/5.36.0',
    sitearchexp => '/usr/local/lib/perl/5.36.0',
    sitebin => '/usr/local/bin',
    sitebinexp => '/usr/local/bin',
    sitelib => '/usr/local/share/perl/5.36.0',
    sitelibexp => '/usr/local/share/perl/5.36.0',
    siteprefix => '/usr/local',
    siteprefixexp => '/usr/local',
    sitescript => '/usr/local/bin',
    sitescriptexp => '/usr/local/bin',
    sizesize => '8',
    sizetype => 'size_t',
    socksizetype => 'socklen_t',
    sort => 'sort',
    spitshell => 'cat',
    ssizetype => 'ssize_t',
    st_dev_sign => '1',
    st_dev_size => '8',
    st_ino_sign => '1',
    st_ino_size => '8',
    startsh => '#!/bin/sh',
    static_ext => ' ',
    stdchar => 'char',
    subversion => '0',
    sysman => '/usr/share/man/man1',
    targetsh => '/bin/sh',
    test => 'test',
    timeincl => '/usr/include/x86_64-linux-gnu/sys/time.h ',
    timetype => 'time_t',
    touch => 'touch',
    tr => 'tr',
    u16size => '2',
    u16type => 'unsigned short',
    u32size => '4',
    u32type => 'unsigned int',
    u64size => '8',
    u64type => 'unsigned long',
    u8size => '1',
    u8type => 'unsigned char',
    uidformat => '"u"',
    uidsign => '1',
    uidsize => '4',
    uidtype => 'uid_t',
    uname => 'uname',
    uniq => 'uniq',
    usedl => 'undef',
    useopcode => 'true',
    useposix => 'true',
    usevfork => 'false',
    usrinc => '/usr/include',
    uvXUformat => '"lX"',
    uvoformat => '"lo"',
    uvtype => 'unsigned long',
    uvuformat => '"lu"',
    uvxformat => '"lx"',
    vendorarch => '/usr/lib/perl5',
    vendorarchexp => '/usr/lib/perl5',
    vendorbin => '/usr/bin',
    vendorbinexp => '/usr/bin',
    vendorlib => '/usr/share/perl5',
    vendorlibexp => '/usr/share/perl5',
    vendorprefix => '/usr',
    vendorprefixexp => '/usr',
    vendorscript => '/usr/bin',
    vendorscriptexp => '/usr/bin',
    zip => 'zip',
);

# Present, absent.
$heavy{$_} = 'define' for qw(
    d_PRIEUldbl d_PRIFUldbl d_PRIGUldbl d_PRIXU64 d_PRId64 d_PRIeldbl d_PRIfldbl d_PRIgldbl d_PRIi64
    d_PRIo64 d_PRIu64 d_PRIx64 d_SCNfldbl d_accept4 d_access d_acosh d_archlib d_asinh d_atanh d_atoll
    d_attribute_always_inline d_attribute_deprecated d_attribute_format d_attribute_nonnull
    d_attribute_noreturn d_attribute_pure d_attribute_unused d_attribute_warn_unused_result d_backtrace
    d_builtin_add_overflow d_builtin_choose_expr d_builtin_expect d_builtin_mul_overflow
    d_builtin_sub_overflow d_c99_variadic_macros d_castneg d_cbrt d_chown d_chroot d_clearenv d_closedir
    d_cmsghdr_s d_copysign d_copysignl d_crypt d_ctermid d_cuserid d_difftime d_dirfd d_dladdr d_dlerror
    d_dlopen d_double_has_inf d_double_has_nan d_double_has_negative_zero d_double_has_subnormals
    d_drand48proto d_dup2 d_dup3 d_duplocale d_eaccess d_endgrent d_endhent d_endnent d_endpent
    d_endpwent d_endsent d_eofnblk d_erf d_erfc d_exp2 d_expm1 d_fchmod d_fchmodat d_fchown d_fcntl
    d_fcntl_can_lock d_fd_macros d_fd_set d_fdim d_fdopendir d_fds_bits d_fegetround d_ffs d_ffsl
    d_fgetpos d_finite d_finitel d_flexfnam d_flockproto d_fma d_fmax d_fmin d_fpathconf d_fpclassify
    d_freelocale d_frexpl d_fseeko d_fsetpos d_fstatfs d_fstatvfs d_fsync d_ftello d_futimes
    d_gai_strerror d_getaddrinfo d_getcwd d_getgrent d_getgrps d_gethbyaddr d_gethbyname d_gethent
    d_gethname d_gethostprotos d_getitimer d_getlogin d_getmntent d_getnameinfo d_getnbyaddr
    d_getnbyname d_getnent d_getnetprotos d_getpagsz d_getpbyname d_getpbynumber d_getpent d_getpgid
    d_getpgrp d_getppid d_getprior d_getprotoprotos d_getpwent d_getsbyname d_getsbyport d_getsent
    d_getservprotos d_getspnam d_gettimeod d_gnulibc d_grpasswd d_hasmntopt d_htonl d_hypot d_ilogb
    d_ilogbl d_inetaton d_inetntop d_inetpton d_int64_t d_ip_mreq d_ip_mreq_source d_ipv6_mreq d_isascii
    d_isblank d_isfinite d_isinf d_isinfl d_isless d_isnan d_isnanl d_isnormal d_j0 d_j0l
    d_lc_monetary_2008 d_lchown d_ldbl_dig d_ldexpl d_lgamma d_linkat d_llrint d_llrintl d_llround
    d_llroundl d_localtime_r_needs_tzset d_locconv d_lockf d_log1p d_log2 d_logb
    d_long_double_style_ieee d_long_double_style_ieee_extended d_longdbl d_longlong d_lrint d_lrintl
    d_lround d_lroundl d_lseekproto d_lstat d_madvise d_mblen d_mbrlen d_mbrtowc d_mbstowcs d_mbtowc
    d_memmem d_memrchr d_mkdir d_mkdtemp d_mkfifo d_mkostemp d_mkstemp d_mkstemps d_mktime d_mmap
    d_modfl d_modflproto d_mprotect d_msg d_msg_ctrunc d_msg_dontroute d_msg_oob d_msg_peek d_msg_proxy
    d_msgctl d_msgget d_msghdr_s d_msgrcv d_msgsnd d_msync d_munmap d_nan d_nanosleep d_nearbyint
    d_newlocale d_nextafter d_nexttoward d_nice d_nl_langinfo d_nl_langinfo_l d_non_int_bitfields
    d_off64_t d_open3 d_openat d_pathconf d_pause d_pipe d_pipe2 d_poll d_portable d_prctl
    d_prctl_set_name d_printf_format_null d_ptrdiff_t d_pwgecos d_pwpasswd d_qgcvt d_quad d_readdir
    d_readv d_recvmsg d_regcomp d_remainder d_remquo d_rename d_renameat d_rewinddir d_rint d_rmdir
    d_round d_sbrkproto d_scalbn d_scalbnl d_sched_yield d_scm_rights d_seekdir d_select d_sem d_semctl
    d_semctl_semid_ds d_semctl_semun d_semget d_semop d_sendmsg d_setegid d_seteuid d_setgrent d_setgrps
    d_sethent d_setitimer d_setlinebuf d_setlocale d_setnent d_setpent d_setpgid d_setprior d_setpwent
    d_setregid d_setresgid d_setresuid d_setreuid d_setsent d_setvbuf d_shm d_shmat d_shmatprototype
    d_shmctl d_shmdt d_shmget d_siginfo_si_addr d_siginfo_si_band d_siginfo_si_errno d_siginfo_si_fd
    d_siginfo_si_pid d_siginfo_si_status d_siginfo_si_uid d_siginfo_si_value d_signbit d_sigprocmask
    d_sigsetjmp d_sin6_scope_id d_sitearch d_snprintf d_sockaddr_in6 d_sockaddr_storage d_sockatmark
    d_sockatmarkproto d_socklen_t d_sockpair d_sqrtl d_sresgproto d_sresuproto d_stat d_statblks
    d_statfs_f_flags d_statfs_s d_static_inline d_statvfs d_strcoll d_strerror_l d_strftime d_strnlen
    d_strtod d_strtod_l d_strtol d_strtold d_strtold_l d_strtoll d_strtoq d_strtoul d_strtoull d_strtouq
    d_strxfrm d_strxfrm_l d_syscall d_syscallproto d_sysconf d_system d_tcgetpgrp d_tcsetpgrp d_telldir
    d_telldirproto d_tgamma d_time d_timegm d_times d_tm_tm_gmtoff d_tm_tm_zone d_towlower d_towupper
    d_trunc d_truncl d_tzname d_u32align d_umask d_uname d_unlinkat d_unsetenv d_uselocale d_usleep
    d_usleepproto d_voidsig d_vsnprintf d_wait4 d_wcrtomb d_wcscmp d_wcstombs d_wcsxfrm d_wctomb
    d_writev i_arpainet i_crypt i_db i_dirent i_dlfcn i_execinfo i_fenv i_grp i_inttypes i_langinfo
    i_limits i_locale i_mntent i_netdb i_netinettcp i_niin i_poll i_pwd i_shadow i_stdbool i_stdint
    i_stdlib i_string i_sysdir i_sysfile i_sysioctl i_syslog i_sysmman i_sysmount i_sysparam i_syspoll
    i_sysresrc i_sysselct i_sysstat i_sysstatfs i_sysstatvfs i_systime i_systimes i_systypes i_sysuio
    i_sysun i_sysutsname i_sysvfs i_syswait i_termios i_time i_unistd i_utime i_wchar i_wctype
    usevendorprefix
);
$heavy{$_} = undef for qw(
    Author Date Header Id Locker Log PERL_PATCHLEVEL RCSfile Revision Source State archname64 archobjs
    bash c ccsymbols ccversion chgrp chown compress cpio cppccsymbols cryptlib d__fwalk d_accessx
    d_aintl d_asctime64 d_atolf d_bsd d_bsdgetpgrp d_bsdsetpgrp d_casti32 d_chsize d_class d_cplusplus
    d_csh d_ctermid_r d_ctime64 d_difftime64 d_dir_dd_fd d_dirnamlen d_dlsymun d_dosuid
    d_double_style_cray d_double_style_ibm d_double_style_vax d_endgrent_r d_endhostent_r d_endnetent_r
    d_endprotoent_r d_endpwent_r d_endservent_r d_eunice d_faststdio d_fdclose d_fp_class d_fp_classify
    d_fp_classl d_fpclass d_fpclassl d_fpgetround d_fpos64_t d_fs_data_s d_ftime
    d_gdbmndbm_h_uses_prototypes d_getespwnam d_getfsstat d_getmnt d_getpgrp2 d_getprpwnam d_gmtime64
    d_inc_version_list d_ipv6_mreq_source d_isfinitel d_libm_lib_version d_libname_unique d_localeconv_l
    d_localtime64 d_long_double_style_ieee_doubledouble d_long_double_style_ieee_std
    d_long_double_style_vax d_malloc_good_size d_malloc_size d_mktime64 d_mymalloc d_nv_preserves_uv
    d_old_pthread_create_joinable d_oldpthreads d_oldsock d_perl_otherlibdirs d_phostname d_pseudofork
    d_pwage d_pwchange d_pwclass d_pwcomment d_pwexpire d_pwquota d_querylocale d_re_comp d_regcmp
    d_setgrent_r d_sethostent_r d_setlocale_accepts_any_locale_name d_setlocale_r d_setnetent_r
    d_setpgrp2 d_setproctitle d_setprotoent_r d_setpwent_r d_setrgid d_setruid d_setservent_r
    d_sockaddr_sa_len d_socks5_init d_stdio_cnt_lval d_stdio_ptr_lval d_stdio_ptr_lval_nochange_cnt
    d_stdio_ptr_lval_sets_cnt d_stdio_stream_array d_stdiobase d_stdstdio d_strlcat d_strlcpy d_suidsafe
    d_sysernlst d_syserrlst d_ualarm d_union_semun d_unordered d_ustat d_vfork d_void_closedir d_voidtty
    d_xenix dtrace dtraceobject dtracexnolibs ebcdic emacs extras fflushall find flex gccansipedantic
    gccosandvers git_branch git_commit_id git_commit_id_title git_describe git_uncommitted_changes
    hostgenerate hostosname hostperl html1direxp html3direxp i_bfd i_bsdioctl i_fcntl i_fp i_fp_class
    i_gdbmndbm i_ieeefp i_libutil i_machcthr i_mallocmalloc i_neterrno i_prot i_rpcsvcdbm i_sgtty
    i_socks i_sunmath i_sysaccess i_sysfilio i_sysin i_sysmode i_sysndir i_syssecrt i_syssockio
    i_systimek i_termio i_ustat i_vfork i_xlocale inc_version_list incpath inews installhtml1dir
    installhtml3dir installsitehtml1dir installsitehtml3dir installusrbinperl installvendorhtml1dir
    installvendorhtml3dir ksh ldflags_uselargefiles libswanted_uselargefiles line lint lkflags lp lpr
    mail mailx mallocobj mallocsrc mips_type mistrustnm multiarch mv mydomain nm_opt
    old_pthread_create_joinable perl_patchlevel pmake pr rmail run sendmail shar shrpenv sitehtml1dir
    sitehtml1direxp sitehtml3dir sitehtml3direxp sitelib_stem sleep smail sockethdr socketlib
    stdio_filbuf stdio_stream_array submit sysroot tail tar targetarch targetdir targetenv targethost
    targetmkdir targetport tbl tee troff usecbacktrace usecrosscompile usedefaultstrict usedevel
    usedtrace usefaststdio usekernprocpathname uselongdouble usemorebits usensgetexecutablepath
    usequadmath usereentrant userelocatableinc usesitecustomize usesocks useversionedarchname uuname
    vendorhtml1direxp vendorhtml3direxp vendorlib_stem versiononly vi xlocale_needed yaccflags zcat
);

\%heavy;
