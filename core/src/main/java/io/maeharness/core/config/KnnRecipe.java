package io.maeharness.core.config;

import java.util.List;

/**
 * Weighted k-nearest-neighbour classification on frozen features by cosine similarity.
 *
 * @param neighbours number k of neighbours that vote
 * @param temperature of the vote's weights, exp(similarity / temperature)
 * @param pooling {@code cls} or {@code gap}
 */
public record KnnRecipe(int neighbours, double temperature, String pooling) {
    /** Checks every field. */
    public KnnRecipe {
        Check.atLeast("knn.neighbours", neighbours, 1);
        Check.positive("knn.temperature", temperature);
        Check.oneOf("knn.pooling", pooling, List.of("cls", "gap"));
    }
}
