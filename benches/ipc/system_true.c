#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>

extern char **environ;

int main(void) {
    int bad = 0;
    for (int i = 0; i < 250; i++) {
        char *argv[] = {"/bin/true", 0};
        pid_t pid;
        int status = 1;
        if (!posix_spawn(&pid, argv[0], 0, 0, argv, environ)) waitpid(pid, &status, 0);
        bad += status != 0;
    }
    printf("%d\n", bad);
}
