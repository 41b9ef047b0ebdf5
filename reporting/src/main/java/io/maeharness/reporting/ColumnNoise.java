package io.maeharness.reporting;

import io.maeharness.results.CellKey;
import io.maeharness.results.statistics.ResidualVariance;
import java.util.Optional;

/**
 * What is known of the noise of a column.
 *
 * @param residual what cases and seeds leave unexplained
 * @param noisiest the cell that varies most, where the cells vary more unequally than chance makes them (5 %); else empty
 */
public record ColumnNoise(ResidualVariance residual, Optional<CellKey> noisiest) {}
