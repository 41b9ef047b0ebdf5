package io.maeharness.core.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskRatioTest {
    @Test
    void keepsAsManyPatchesAsTheOfficialImplementationWhichTruncates() {
        assertEquals(49, new MaskRatio(0.75).lenKeep(196));
        assertEquals(19, new MaskRatio(0.9).lenKeep(196));
        assertEquals(4, new MaskRatio(0.9).lenKeep(49));
    }

    @ParameterizedTest
    @CsvSource({"0.55, 55", "0.75, 75", "0.07, 7", "0.285, 28.5", "0.29, 29", "0.58, 58"})
    void hasInPercentTheDigitsInWhichItIsWritten(double ratio, double percent) {
        assertEquals(percent, new MaskRatio(ratio).percent());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
    void refusesToKeepEverythingOrNothing(double ratio) {
        String message = assertThrows(IllegalArgumentException.class, () -> new MaskRatio(ratio))
                .getMessage();
        assertEquals("maskRatio must lie in (0, 1), got " + ratio + "; the paper's default is 0.75", message);
    }

    @Test
    void isANumberInJson() throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        assertEquals("0.75", json.writeValueAsString(new MaskRatio(0.75)));
        assertEquals(new MaskRatio(0.5), json.readValue("0.5", MaskRatio.class));
    }
}
