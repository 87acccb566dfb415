package dev.coldstart.demo.backends;

import java.util.List;
import java.util.Map;

/** The documents that the vector store holds when it starts. */
final class Knowledge {
  static final String COLLECTION = "knowledge";

  private static final List<String> DOCUMENTS =
      List.of(
          "An order is packed within one working day after it was paid.",
          "A shipped order can be followed with its tracking number until it arrives.",
          "An order can be cancelled until it has been handed to the carrier.",
          "Refunds go back to the payment method within five working days.",
          "Parcels are delayed when the weather warning for a city is orange or red.",
          "The forecast is renewed every three hours and covers seven days.");

  private Knowledge() {}

  static void fill(VectorCollection collection) {
    for (int i = 0; i < DOCUMENTS.size(); i++) {
      String text = DOCUMENTS.get(i);
      Map<String, Object> metadata = Map.of("source", "handbook", "section", i + 1);
      collection.put(
          new VectorCollection.Item("handbook-" + (i + 1), WordEmbedding.of(text), text, metadata),
          true);
    }
  }
}
