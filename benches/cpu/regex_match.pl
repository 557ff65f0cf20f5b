# Regex matching: captures, alternation, case, global.
use strict;
use warnings;
my @log = map {
    my $s = $_ % 5 ? 200 : 404;
    sprintf '%d.%d.%d.%d - - [10/Oct/2020:13:%02d:%02d] "GET /page/%d.html HTTP/1.1" %d %d', $_ % 256,
        $_ % 100, 3, 4, $_ % 60, $_ % 60, $_, $s, $_ * 7
} 1 .. 4000;
my (%status, $bytes, $hits, $words) = ();
$bytes = $hits = $words = 0;
for (1 .. 45) {
    for my $l (@log) {
        if ($l =~ /^(\d+\.\d+\.\d+\.\d+) \S+ \S+ \[([^\]]+)\] "(\w+) (\S+) [^"]*" (\d+) (\d+)$/) {
            $status{$5}++;
            $bytes += $6;
        }
        $hits++ if $l =~ /page\/\d*[13579]\.html/i;
        $hits++ if $l =~ /(?:POST|PUT|404)/;
    }
}
my $text = join ' ', @log[0 .. 800];
for (1 .. 25) { $words++ while $text =~ /\b[A-Za-z]+\b/g }
print join(',', map { "$_=$status{$_}" } sort keys %status), " $bytes $hits $words\n";
