#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct message { long type; char text[200]; };

int main(void) {
    int id = msgget(IPC_PRIVATE, IPC_CREAT | 0600), n = 20000;
    struct message m, a;
    pid_t pid = fork();
    if (!pid) {
        for (int i = 0; i < n; i++) {
            ssize_t got = msgrcv(id, &m, 100, 1, 0);
            a.type = 2;
            memcpy(a.text, "re: ", 4);
            memcpy(a.text + 4, m.text, got);
            msgsnd(id, &a, got + 4, 0);
        }
        _exit(0);
    }
    long sum = 0;
    for (int i = 1; i <= n; i++) {
        m.type = 1;
        msgsnd(id, &m, sprintf(m.text, "message %d", i), 0);
        sum += msgrcv(id, &m, 100, 2, 0) + sizeof m.type;
    }
    waitpid(pid, 0, 0);
    msgctl(id, IPC_RMID, 0);
    printf("%ld\n", sum);
}
