#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int id = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600), n = 20000;
    struct sembuf take_a = {0, -1, 0}, give_a = {0, 1, 0}, take_b = {1, -1, 0}, give_b = {1, 1, 0};
    pid_t pid = fork();
    if (!pid) {
        for (int i = 0; i < n; i++) { semop(id, &take_a, 1); semop(id, &give_b, 1); }
        _exit(0);
    }
    long sum = 0;
    for (int i = 0; i < n; i++) { semop(id, &give_a, 1); sum += semop(id, &take_b, 1) == 0; }
    waitpid(pid, 0, 0);
    semctl(id, 0, IPC_RMID, 0);
    printf("%ld\n", sum);
}
