package io.maeharness.core.config;

/**
 * Weighted k-nearest-neighbour classification on frozen features by cosine similarity.
 *
 * @param neighbours number k of neighbours that vote
 * @param temperature of the vote's weights, exp(similarity / temperature)
 * @param pooling what is compared of the encoder
 */
public record KnnRecipe(int neighbours, double temperature, Pooling pooling) {
    /** Checks every field. */
    public KnnRecipe {
        Check.between("knn.neighbours", neighbours, 1, 1 << 20);
        Check.positive("knn.temperature", temperature);
    }
}
