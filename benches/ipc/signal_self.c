#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile sig_atomic_t n;
static void count(int signo) { n += signo == SIGUSR1; }

int main(void) {
    signal(SIGUSR1, count);
    for (int i = 0; i < 80000; i++) kill(getpid(), SIGUSR1);
    printf("%d\n", (int)n);
}
