#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t got;
static void count(int signo) { got += signo == SIGUSR1; }

int main(void) {
    int turns = 10000;
    sigset_t block, old;
    signal(SIGUSR1, count);
    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    sigprocmask(SIG_BLOCK, &block, &old);
    pid_t parent = getpid(), pid = fork(), peer = pid ? pid : parent;
    if (pid) kill(peer, SIGUSR1);
    while (got < turns) {
        sigsuspend(&old);
        if (!pid || got < turns) kill(peer, SIGUSR1);
    }
    if (!pid) _exit(0);
    waitpid(pid, 0, 0);
    printf("%d\n", (int)got);
}
