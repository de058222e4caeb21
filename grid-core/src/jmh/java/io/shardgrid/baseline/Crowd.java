package io.shardgrid.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads of a test that begin together; the first failure of any of them fails the test. */
final class Crowd {

  /** What one of the threads does. */
  interface Member {
    void run(int number) throws Exception;
  }

  private final List<Member> members = new ArrayList<>();

  Crowd with(int count, Member member) {
    for (int i = 0; i < count; i++) {
      members.add(member);
    }
    return this;
  }

  /** Runs all members, numbered in the order in which they were added; returns when all have. */
  void run() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(members.size());
    try {
      CyclicBarrier start = new CyclicBarrier(members.size());
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < members.size(); i++) {
        int number = i;
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  members.get(number).run(number);
                  return null;
                }));
      }
      for (Future<?> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
