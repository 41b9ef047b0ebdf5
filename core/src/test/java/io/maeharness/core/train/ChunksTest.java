package io.maeharness.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a batch is cut says which images mix, so that it must follow from the recipe alone, whatever a device holds. */
class ChunksTest {
    @ParameterizedTest
    @CsvSource({"72,1024,72", "4096,150528,256", "1024,150528,256", "1024,602112,64", "8,100000000,1"})
    void aBatchThatFitsIsWholeAndAnotherIsCutIntoAPowerOfTwo(int batch, int valuesPerImage, int chunk) {
        assertEquals(chunk, Chunks.of(batch, valuesPerImage).size());
    }
}
