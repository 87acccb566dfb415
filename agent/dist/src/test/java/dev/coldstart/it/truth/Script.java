package dev.coldstart.it.truth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A made-up agent: requests that are random trees of acts. The same seed makes the same script, as
 * far as the Java version has the same ways.
 */
final class Script {
  private static final long MICROS = 1_000;

  /** Where requests come from. */
  enum Entry {
    /** A method named by {@code requests=}. */
    METHOD(false),
    /** The same, returning a future. */
    FUTURE(false),
    /** The JDK's HTTP server. */
    HTTP(true),
    /** The same, answering from another thread. */
    HTTP_ASYNC(true);

    final boolean http;

    Entry(boolean http) {
      this.http = http;
    }
  }

  final Entry entry;
  final int concurrency;
  final int threads;
  final List<Node> requests = new ArrayList<>();

  private final Random random;
  private final boolean fails;
  private final boolean cancels;
  private final boolean leaves;
  private final List<Way> ways = new ArrayList<>();
  private int nodes;
  private int left;

  /**
   * Makes a script.
   *
   * @param most concurrent requests, at least 1
   */
  Script(long seed, int most) {
    random = new Random(seed);
    entry = any(List.of(Entry.values()));
    // One in four alone, one in four with as many as there may be.
    int shape = random.nextInt(4);
    concurrency = shape == 0 ? 1 : shape == 1 ? most : 1 + random.nextInt(most);
    threads = 1 + random.nextInt(16);
    fails = random.nextInt(3) == 0;
    cancels = random.nextInt(3) == 0;
    leaves = random.nextInt(3) == 0;
    Arrays.stream(Way.values()).filter(Way::exists).forEach(ways::add);
    int count = Math.max(concurrency, Math.min(60, concurrency * (1 + random.nextInt(3))));
    for (int i = 0; i < count; i++) {
      requests.add(request(i));
    }
  }

  private Node request(int number) {
    Node root = new Node(-1, number, null, null, Way.INLINE);
    left = 3 + random.nextInt(concurrency > 10 ? 12 : 30);
    // Tells whose the trace is, whatever else it holds.
    Node first = child(root, Way.INLINE);
    first.steps.add(work());
    root.steps.add(Node.group(List.of(first), Node.How.JOIN, 0));
    body(root);
    root.fails = fails && random.nextInt(8) == 0;
    return root;
  }

  private void body(Node node) {
    int steps = 1 + random.nextInt(node.act == null ? 6 : 3);
    for (int i = 0; i < steps; i++) {
      boolean leaf = node.way.leaf || node.depth() >= Pools.LEVELS;
      if (left > 0 && !leaf && random.nextInt(3) > 0) {
        node.steps.add(children(node));
      } else {
        node.steps.add(work());
      }
    }
    node.fails = fails && random.nextInt(10) == 0;
  }

  private Node.Step children(Node parent) {
    int count = Math.min(left, random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(6));
    List<Node> children = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Node child = child(parent, any(ways));
      children.add(child);
    }
    for (Node child : children) {
      body(child);
    }
    Node.How how = Node.How.JOIN;
    if (cancels && random.nextInt(6) == 0) {
      how = Node.How.CANCEL;
    } else if (leaves && random.nextInt(6) == 0) {
      how = Node.How.LEAVE;
    }
    return Node.group(children, how, random.nextInt(3_000) * MICROS);
  }

  private Node child(Node parent, Way way) {
    left--;
    Act act = any(List.of(Act.values()));
    return new Node(nodes++, parent.request, parent, act, way);
  }

  /** Mostly sleeps of a few ms, some spins: 50 requests share two cores with the agent. */
  private Node.Step work() {
    int longest = concurrency > 10 ? 4_000 : 12_000;
    if (random.nextInt(4) == 0) {
      return Node.spin((20 + random.nextInt(concurrency > 10 ? 300 : 3_000)) * MICROS);
    }
    int rare = random.nextInt(30) == 0 ? 4 : 1;
    return Node.sleep((50L + random.nextInt(longest * rare)) * MICROS);
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
