package Exporter;
# The default import method (perldoc Exporter). Plain lists of functions take the short way in
# import(); tags, patterns, variables and errors go to Exporter::Heavy's functions below.

use strict;
no strict 'refs';

our $VERSION    = '5.77';
our $Debug      = 0;
our $ExportLevel = 0;
our $Verbose    ||= 0;
our %Cache;

sub import {
    my $package = shift;
    my $target  = caller $ExportLevel;

    if ($package eq 'Exporter' and @_ and $_[0] eq 'import') {
        *{"${target}::import"} = \&import;
        return;
    }

    my $default = \@{"${package}::EXPORT"};
    my $fail    = ${"${package}::"}{EXPORT_FAIL} && \@{"${package}::EXPORT_FAIL"};
    return export($package, $target, @_)
        if $Verbose or $Debug or $fail && @$fail > 1;

    my $known = $Cache{$package} ||= {};
    my $asked = @_ > 0;
    @_ = @$default unless $asked;

    if ($asked and !%$known) {
        s/^&//, $known->{$_} = 1 for my @copy = (@$default, @{"${package}::EXPORT_OK"});
    }
    for my $name (@_) {
        return export($package, $target, $asked ? @_ : ())
            if $name =~ /\W/ or $asked && !$known->{$name} or $fail && @$fail && $name eq $fail->[0];
    }
    local $SIG{__WARN__} = _warn_user($SIG{__WARN__}) if $^W;
    *{"${target}::$_"} = \&{"${package}::$_"} for @_;
}

sub export {
    goto &heavy_export;
}

sub export_to_level {
    my $package = shift;
    my $level   = shift;
    shift;    # the caller's name, unused
    my $target = caller $level;
    $package->export($target, @_);
}

sub export_fail {
    shift;
    return @_;
}

sub export_tags    { _push_tags(scalar caller, 'EXPORT', \@_) }
sub export_ok_tags { _push_tags(scalar caller, 'EXPORT_OK', \@_) }

sub require_version {
    my ($self, $wanted) = @_;
    my $package = ref $self || $self;
    return $package->VERSION($wanted);
}

sub as_heavy { return \&{'heavy_' . (caller 1)[3] =~ s/.*:://r} }

# Under -w perl warns of redefined subs: name the user's line too.
sub _warn_user {
    my ($outer) = @_;
    return sub {
        local $SIG{__WARN__} = $outer || 'DEFAULT';
        require Carp;
        local $Carp::CarpLevel = 1;
        Carp::carp($_[0]);
    };
}

# The long way -------------------------------------------------------------------------------------

sub heavy_export {
    my ($package, $target, @names) = @_;
    my ($default, $cache) = (\@{"${package}::EXPORT"}, $Cache{$package} ||= {});

    local $SIG{__WARN__} = _warn_user($SIG{__WARN__}) if $^W;
    if (@names) {
        if (!%$cache) {
            s/^&//, $cache->{$_} = 1 for my @copy = (@$default, @{"${package}::EXPORT_OK"});
        }
        @names = _expand($package, $cache, @names);
    }
    else { @names = @$default }

    my @fail = @{"${package}::EXPORT_FAIL"};
    if (@fail) {
        my %failing = map { s/^&//; ($_ => 1) } my @copy = @fail;
        my @hit = grep { (my $plain = $_) =~ s/^&//; $failing{$plain} } @names;
        if (@hit) {
            my @bad = $package->export_fail(@hit);
            if (@bad) {
                require Carp;
                Carp::carp(qq("$_" is not implemented by the $package module on this architecture)) for @bad;
                Carp::croak("Can't continue after import errors");
            }
        }
    }
    warn "Importing into $target from $package: " . join(', ', sort @names) if $Verbose;

    local $SIG{__WARN__} = _warn_user($SIG{__WARN__}) if $^W;
    for my $name (@names) {
        (*{"${target}::$name"} = \&{"${package}::$name"}, next) unless $name =~ /^(\W)/;
        my $type = $1;
        my $bare = substr $name, 1;
        *{"${target}::$bare"}
            = $type eq '&' ? \&{"${package}::$bare"}
            : $type eq '$' ? \${"${package}::$bare"}
            : $type eq '@' ? \@{"${package}::$bare"}
            : $type eq '%' ? \%{"${package}::$bare"}
            : $type eq '*' ? *{"${package}::$bare"}
            : do { require Carp; Carp::croak("Can't export symbol: $type$bare") };
    }
}

# Specifications (!name, :tag, /pattern/, version numbers) become a list of names, or an error.
sub _expand {
    my ($package, $cache, @words) = @_;
    my $default = \@{"${package}::EXPORT"};
    my @names   = @words;
    my ($broken, @bad);

    if (grep m{^[/!:]}, @words) {
        my $tags = \%{"${package}::EXPORT_TAGS"};
        my %chosen;
        my @ordered;
        my $add = sub { for (@_) { push @ordered, $_ unless $chosen{$_}++ } };
        unshift @words, ':DEFAULT' if $words[0] =~ /^!/;
        for my $word (@words) {
            my $spec   = $word;
            my $remove = $spec =~ s/^!//;
            my @hit;
            if ($spec =~ s/^://) {
                if    ($spec eq 'DEFAULT')              { @hit = @$default }
                elsif (my $members = $tags->{$spec})    { @hit = @$members }
                else {
                    require Carp;
                    local $Carp::CarpLevel = 1;
                    Carp::carp(qq["$spec" is not defined in %${package}::EXPORT_TAGS]);
                    $broken = 1;
                    next;
                }
            }
            elsif ($spec =~ m{^/(.*)/$}) {
                my $pattern = $1;
                @hit = grep /$pattern/, sort keys %$cache;
            }
            else { @hit = $spec }
            s/^&// for @hit = @hit;
            warn 'Import ' . ($remove ? 'del' : 'add') . ": @hit " if $Verbose;
            if ($remove) { delete @chosen{@hit}; @ordered = grep $chosen{$_}, @ordered }
            else         { $add->(@hit) }
        }
        @names = @ordered;
    }

    my @found;
    for my $name (@names) {
        if ($cache->{$name}) { push @found, $name; next }
        if ($name =~ s/^&// and $cache->{$name}) { push @found, $name; next }
        if ($name =~ /^\d/) {
            $package->VERSION($name);
            # `use Module 1.2` style imports: the number alone asks for the default list too.
            if (@names == 1) { return @$default }
            if (@names == 2 and !$names[1]) { return }
            next;
        }
        if ($name !~ s/^&//) {
            # An entry may be listed with its sigil only after the cache was made.
            my %again;
            for (my @copy = (@$default, @{"${package}::EXPORT_OK"})) { s/^&//; $again{$_} = 1 }
            if ($again{$name}) { %$cache = (%$cache, %again); push @found, $name; next }
        }
        push @bad, $name;
    }
    if (@bad or $broken) {
        require Carp;
        Carp::croak(join("\n", map(qq["$_" is not exported by the $package module], @bad), "Can't continue after import errors"));
    }
    return @found;
}

sub _push_tags {
    my ($package, $list, $tags) = @_;
    my @wrong;
    my $known = \%{"${package}::EXPORT_TAGS"};
    my @wanted = @$tags ? @$tags : keys %$known;
    push @{"${package}::$list"}, map { $known->{$_} ? @{ $known->{$_} } : do { push @wrong, $_; $_ } } @wanted;
    if (@wrong and $^W) {
        require Carp;
        Carp::carp(join(', ', @wrong) . " are not tags of $package");
    }
}

sub heavy_export_to_level { goto &export_to_level }

1;
