# Programs of other makers talk to our servers, and our clients to theirs: curl and Python, as far as they are here.
# limit: 120
use strict;
use warnings;
use Test::More;
use IO::Socket::INET;
use IO::Socket::UNIX;
use IO::Socket::IP;
use Socket;
use POSIX ':sys_wait_h';

my $dir = "/tmp/real_peers.$$";
mkdir $dir or die "$dir: $!";
END { if (defined $dir && -d $dir) { unlink glob "$dir/*"; rmdir $dir } }
$ENV{no_proxy} = $ENV{NO_PROXY} = '*';
delete @ENV{grep /_proxy$/i && !/^no_proxy$/i, keys %ENV};

sub there { my ($program, @args) = @_; return system("$program @args >/dev/null 2>&1") == 0 }
my $curl   = there('curl',    '--version');
my $python = there('python3', '-c', '"import socket, http.server, json"');
plan skip_all => 'neither curl nor python3' unless $curl || $python;

my @children;
sub child {
    my ($code) = @_;
    my $pid = fork;
    die "fork: $!" unless defined $pid;
    unless ($pid) { $code->(); POSIX::_exit(0) }
    push @children, $pid;
    return $pid;
}
sub end_all { kill TERM => @children; waitpid $_, 0 for @children; @children = () }

# Runs a Python program; its output.
sub python {
    my ($text, @args) = @_;
    open my $program, '>', "$dir/peer.py" or die $!;
    print $program $text;
    close $program;
    open my $out, '-|', 'python3', "$dir/peer.py", @args or die "python3: $!";
    local $/;
    my $all = <$out>;
    close $out;
    return $all;
}

# --- our forking HTTP server -------------------------------------------------------------------------------------

my $listen = IO::Socket::INET->new(Listen => 16, LocalAddr => '127.0.0.1', ReuseAddr => 1) or die "listen: $@";
my $port   = $listen->sockport;
child(sub {
    local $SIG{CHLD} = sub { 1 while waitpid(-1, WNOHANG) > 0 };
    while (1) {
        my $client = $listen->accept or next;
        my $pid = fork;
        if (defined $pid && !$pid) { local $SIG{CHLD} = 'DEFAULT'; serve($client); POSIX::_exit(0) }
        close $client;
    }
});
sub serve {
    my ($client) = @_;
    local $/ = "\r\n";
    while (defined(my $request = <$client>)) {
        my ($method, $path) = $request =~ m{^(\S+) (\S+) HTTP/1\.\d\r\n$} or last;
        my %header;
        while (defined(my $line = <$client>)) {
            last if $line eq "\r\n";
            $header{ lc $1 } = $2 if $line =~ /^([^:]+):\s*(.*?)\r\n$/;
        }
        print $client "HTTP/1.1 100 Continue\r\n\r\n" if ($header{expect} || '') eq '100-continue';
        my $body = '';
        if (my $left = $header{'content-length'}) { read $client, $body, $left }
        my $reply = $path eq '/sum' ? length($body) . ' ' . unpack('%32C*', $body) : "$method $path";
        $reply = 'y' x 1_000_000 if $path eq '/long';
        printf $client "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s", length $reply,
            $method eq 'HEAD' ? '' : $reply;
        $client->flush;
    }
}
SKIP: {
    skip 'no curl', 5 unless $curl;
    my $url = "http://127.0.0.1:$port";
    is(scalar `curl -s $url/a`, 'GET /a', 'curl gets');
    is(scalar `curl -s $url/a $url/b $url/c`, 'GET /aGET /bGET /c', 'curl gets three over one connection');
    my $data = join '', map { chr($_ * 7 % 256) } 1 .. 300_000;
    open my $file, '>:raw', "$dir/data" or die $!;
    print $file $data;
    close $file;
    is(scalar `curl -s --data-binary \@$dir/data $url/sum`, length($data) . ' ' . unpack('%32C*', $data), 'curl sends');
    is(length scalar `curl -s $url/long`, 1_000_000, 'curl gets much');
    like(scalar `curl -sI $url/x`, qr{^HTTP/1\.1 200 OK\r?\n.*Content-Length: 7}s, 'curl asks for the head');
}
SKIP: {
    skip 'no python3', 2 unless $python;
    is(python(<<'PY', $port), "b'GET /p'\n4\n", 'Python gets, several at a time');
import sys, urllib.request, concurrent.futures
def get(path): return urllib.request.urlopen("http://127.0.0.1:%s%s" % (sys.argv[1], path), timeout=30).read()
print(get("/p"))
with concurrent.futures.ThreadPoolExecutor(4) as pool: print(sum(b == b"GET /q" for b in pool.map(get, ["/q"] * 4)))
PY
    is(python(<<'PY', $port), "True\n", 'Python resets the connection, and the next is served');
import sys, socket, struct
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 30)
s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
s.sendall(b"GET /long HTTP/1.1\r\n\r\n"); s.recv(10); s.close()
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 30)
s.sendall(b"GET /after HTTP/1.1\r\n\r\n"); s.shutdown(socket.SHUT_WR)
data = b""
while (part := s.recv(4096)): data += part
print(data.endswith(b"GET /after"))
PY
}
end_all();
close $listen;

SKIP: {
    skip "no python3", 10 unless $python;

    # --- our other servers ----------------------------------------------------------------------------------------
    my $udp = IO::Socket::INET->new(Proto => 'udp', LocalAddr => '127.0.0.1') or die "udp: $@";
    child(sub { while (defined(my $from = $udp->recv(my $data, 65_535))) { $udp->send(scalar reverse($data), 0, $from) } });
    is(python(<<'PY', $udp->sockport), "cba 60000\n", 'Python asks our UDP server');
import sys, socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(30); s.connect(("127.0.0.1", int(sys.argv[1])))
s.send(b"abc"); first = s.recv(100).decode()
s.send(b"x" * 60000); print(first, len(s.recv(65535)))
PY
    my $unix = IO::Socket::UNIX->new(Local => "$dir/socket", Listen => 5) or die "unix: $!";
    child(sub { while (my $client = $unix->accept) { while (defined(my $line = <$client>)) { print $client uc $line; $client->flush } } });
    is(python(<<'PY', "$dir/socket"), "ONE\nTWO\n", 'Python talks lines to our UNIX server');
import sys, socket
s = socket.socket(socket.AF_UNIX); s.settimeout(30); s.connect(sys.argv[1]); f = s.makefile("rw")
for line in "one\n", "two\n": f.write(line); f.flush(); print(f.readline(), end="")
PY
    POSIX::mkfifo("$dir/fifo", 0600) or die $!;
    child(sub { python('import sys; f = open(sys.argv[1], "w"); f.write("through the fifo\n"); f.close()', "$dir/fifo") });
    open my $fifo, '<', "$dir/fifo" or die $!;
    is(scalar(<$fifo>), "through the fifo\n", 'Python writes to our fifo');
    end_all();

    # --- our clients ----------------------------------------------------------------------------------------------
    my $server = <<'PY';
import sys, socket, threading, http.server
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *a): pass
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200); self.send_header("Transfer-Encoding", "chunked"); self.end_headers()
        for part in (body[:3], body[3:]): self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")
    def do_GET(self):
        text = self.path.encode() * 1000
        self.send_response(200); self.send_header("Content-Length", str(len(text))); self.end_headers(); self.wfile.write(text)
http_server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
threading.Thread(target=http_server.serve_forever, daemon=True).start()
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); udp.bind(("127.0.0.1", 0))
def echo():
    while True:
        data, peer = udp.recvfrom(65535); udp.sendto(data.upper(), peer)
threading.Thread(target=echo, daemon=True).start()
unix = socket.socket(socket.AF_UNIX); unix.bind(sys.argv[1]); unix.listen(5)
def lines():
    while True:
        c, _ = unix.accept(); f = c.makefile("rw")
        for line in f: f.write(line[::-1].strip() + "\n"); f.flush()
        f.close(); c.close()
threading.Thread(target=lines, daemon=True).start()
print(http_server.server_address[1], udp.getsockname()[1], flush=True)
sys.stdin.read()
PY
    open my $program, '>', "$dir/server.py" or die $!;
    print $program $server;
    close $program;
    require IPC::Open2;
    my $pid = IPC::Open2::open2(my $out, my $in, 'python3', "$dir/server.py", "$dir/theirs");
    my ($tcp_port, $udp_port) = split ' ', scalar <$out>;
    my $client = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $tcp_port, Timeout => 30) or die "connect: $@";
    print $client "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    $client->flush;
    my $length;
    while (<$client>) { $length = $1 if /^Content-Length: (\d+)/i; last if /^\r?\n$/ }
    my $body;
    read $client, $body, $length;
    is($body, '/x' x 1000, 'our client gets from Python');
    print $client "POST /y HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabcdef";
    $client->flush;
    my $status = <$client>;
    while (<$client>) { last if /^\r?\n$/ }
    my $got = '';
    while (<$client> =~ /^([1-9a-f][0-9a-f]*)/i) {
        read $client, $got, hex $1, length $got;
        <$client>;
    }
    is($got, 'abcdef', 'our client posts, and reads chunks');
    close $client;
    my $ip = IO::Socket::IP->new(PeerHost => '127.0.0.1', PeerService => $tcp_port, Timeout => 30) or die "connect: $@";
    print $ip "GET / HTTP/1.0\r\n\r\n";
    $ip->flush;
    like(do { local $/; scalar <$ip> }, qr{\r\n\r\n/{1000}$}, 'to the end of the connection');
    my $ask = IO::Socket::INET->new(Proto => 'udp', PeerAddr => '127.0.0.1', PeerPort => $udp_port) or die "udp: $@";
    $ask->send('datagram');
    vec(my $ready = '', fileno $ask, 1) = 1;
    ok(select($ready, undef, undef, 30), 'an answer comes') or diag 'none';
    $ask->recv(my $answer, 100);
    is($answer, 'DATAGRAM', 'our UDP client asks Python');
    my $theirs = IO::Socket::UNIX->new(Peer => "$dir/theirs") or die "unix: $!";
    print $theirs "abc\n";
    $theirs->flush;
    is(scalar(<$theirs>), "cba\n", 'our client of a UNIX socket');
    close $theirs;
    close $in;
    waitpid $pid, 0;
    is($?, 0, 'Python ends with its input');
}
end_all();
done_testing;
