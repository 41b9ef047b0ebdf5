package io.maeharness.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.PixelStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelChoiceTest {
    private static final PixelStatistics IMAGES = PixelStatistics.IMAGENET;

    @TempDir
    private Path directory;

    private PixelChoice of(PixelChoice.Given given) {
        return PixelChoice.of(directory.resolve("model.onnx"), Optional.empty(), given, IMAGES);
    }

    private PixelChoice beside(String name, String json) throws IOException {
        Files.writeString(directory.resolve(name), json);
        return of(PixelChoice.Given.NOTHING);
    }

    private static List<List<Double>> numbers(PixelChoice choice) {
        return List.of(choice.statistics().mean(), choice.statistics().deviation());
    }

    private static final List<List<Double>> HALVES = List.of(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

    @Test
    void thoseOfTheDataSetAreAssumedAndSaidToBe() {
        PixelChoice choice = of(PixelChoice.Given.NOTHING);
        assertEquals(IMAGES, choice.statistics());
        assertTrue(choice.source().startsWith("assumed"), choice.source());
    }

    @Test
    void oneValueIsThatOfEachChannel() {
        assertEquals(HALVES, numbers(of(new PixelChoice.Given(List.of(0.5), List.of(0.5, 0.5, 0.5)))));
    }

    @Test
    void whatLiesBesideTheFileIsReadUnlessSomethingIsGiven() throws IOException {
        String json = "{\"do_normalize\": true, \"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5],"
                + " \"rescale_factor\": 0.00392156862745098}";
        PixelChoice choice = beside("preprocessor_config.json", json);
        assertEquals(HALVES, numbers(choice));
        assertEquals("from preprocessor_config.json beside it", choice.source());
        assertEquals(
                List.of(0.1, 0.1, 0.1),
                numbers(of(new PixelChoice.Given(List.of(0.1), List.of(1.0)))).get(0));
    }

    private Optional<String> otherwise(String name, String json) throws IOException {
        Files.writeString(directory.resolve(name), json);
        return PreparationBeside.otherwise(directory.resolve("model.onnx"), 224);
    }

    private void assertSays(String said, Optional<String> otherwise) {
        assertTrue(
                otherwise.orElse("").startsWith("it asks for " + said + "; here images of another size than 224"),
                otherwise.toString());
    }

    @Test
    void anotherCutOrSizeOfTheImagesThanIsDoneHereIsSaid() throws IOException {
        String processor = "preprocessor_config.json";
        assertEquals(
                Optional.empty(),
                otherwise(processor, "{\"size\": {\"shortest_edge\": 256}, \"crop_size\": 224, \"resample\": 3}"));
        assertSays(
                "a resize to 224 x 224, the filter 'bilinear'",
                otherwise(
                        processor,
                        "{\"do_resize\": true, \"size\": {\"height\": 224, \"width\": 224}, \"resample\": 2}"));
        assertSays("a resize to 224 x 224", otherwise(processor, "{\"size\": 224}"));
        assertSays(
                "a shorter side of 384, a crop of 384",
                otherwise(processor, "{\"size\": {\"shortest_edge\": 384}, \"crop_size\": {\"height\": 384}}"));
        assertSays("no resizing", otherwise(processor, "{\"do_resize\": false}"));
        Files.delete(directory.resolve(processor));
        assertEquals(
                Optional.empty(),
                otherwise(
                        "config.json", "{\"pretrained_cfg\": {\"crop_pct\": 0.875, \"interpolation\": \"bicubic\"}}"));
        assertSays(
                "a crop of 1.0, images of 384, the filter 'bilinear'",
                otherwise(
                        "config.json",
                        "{\"pretrained_cfg\": {\"crop_pct\": 1.0, \"input_size\": [3, 384, 384], \"interpolation\": \"bilinear\"}}"));
        assertEquals(
                "x; it asks for",
                new PixelChoice(IMAGES, "x")
                        .withPreparation(directory.resolve("model.onnx"), Optional.empty(), 224)
                        .source()
                        .substring(0, 14));
    }

    /** Other spellings and types must not end in an error inside: a line, or nothing. */
    @Test
    void anyValueOfAnyKeyIsUnderstoodOrRefused() throws IOException {
        for (String key : List.of(
                "size",
                "crop_size",
                "resample",
                "do_resize",
                "do_center_crop",
                "rescale_factor",
                "image_mean",
                "image_std",
                "do_normalize",
                "do_rescale",
                "rescale_offset")) {
            for (String value : List.of(
                    "null",
                    "{}",
                    "[]",
                    "\"224\"",
                    "-1",
                    "1e999",
                    "99999999999",
                    "true",
                    "{\"height\": null, \"width\": 3}")) {
                Files.writeString(directory.resolve("preprocessor_config.json"), "{\"" + key + "\": " + value + "}");
                try {
                    of(PixelChoice.Given.NOTHING)
                            .withPreparation(directory.resolve("model.onnx"), Optional.empty(), 224);
                } catch (HarnessException e) {
                    assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
                }
            }
        }
    }

    @Test
    void stepsThatAreSwitchedOffAreLeftOut() throws IOException {
        PixelChoice raw = beside("preprocessor_config.json", "{\"do_normalize\": false, \"do_rescale\": false}");
        assertEquals(200, raw.statistics().standardise(200, 0), 1e-4);
        PixelChoice unit = beside("preprocessor_config.json", "{\"do_normalize\": false}");
        assertEquals(0.2, unit.statistics().standardise(51, 2), 1e-6);
        PixelChoice levels = beside(
                "preprocessor_config.json", "{\"do_rescale\": false, \"image_mean\": 127.5, \"image_std\": 127.5}");
        assertEquals(1, levels.statistics().standardise(255, 1), 1e-6);
    }

    @Test
    void timmsConfigurationAndTheFolderAboveOneCalledOnnxAreReadToo() throws IOException {
        String timm = "{\"pretrained_cfg\": {\"mean\": [0.5, 0.5, 0.5], \"std\": [0.5, 0.5, 0.5]}}";
        assertEquals(HALVES, numbers(beside("config.json", timm)));
        Path inner = Files.createDirectory(directory.resolve("onnx")).resolve("model.onnx");
        assertEquals(HALVES, numbers(PixelChoice.of(inner, Optional.empty(), PixelChoice.Given.NOTHING, IMAGES)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"image_mean\": [0.5], \"image_std\": [0.5]}|'image_mean' is no list of 3 numbers",
                "{\"image_mean\": [0.5,0.5,0.5], \"image_std\": [0.5,0,0.5]}|'image_std' is no list of 3 positive",
                "{\"image_mean\": [0.5,0.5,\"a\"], \"image_std\": 1}|'image_mean' is no list",
                "{\"do_rescale\": true, \"rescale_factor\": 0}|'rescale_factor' is 0.0",
                "{\"do_normalize\": true|it is not JSON",
                "[1]|it is no JSON object"
            })
    void whatIsNoGoodIsRefused(String json, String said) {
        HarnessException e =
                assertThrows(HarnessException.class, () -> beside("preprocessor_config.json", json.replace("'", "")));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(e.getMessage().contains(said), e.getMessage());
    }

    @Test
    void anExportedFileSpeaksForItself() {
        ModelCard card = RandomVit.card(new ModelSettings(32, 8, 24, 2, 2, 16, 1, 2, 2), 3);
        Path file = directory.resolve("model.onnx");
        PixelChoice choice = PixelChoice.of(file, Optional.of(card), PixelChoice.Given.NOTHING, IMAGES);
        assertEquals(card.statistics(), choice.statistics());
        PixelChoice.Given other = new PixelChoice.Given(List.of(0.5), List.of(0.5));
        HarnessException e =
                assertThrows(HarnessException.class, () -> PixelChoice.of(file, Optional.of(card), other, IMAGES));
        assertEquals(HarnessException.Kind.USAGE, e.kind());
    }

    @ParameterizedTest
    @CsvSource({"0.5,,without --std", "2,0.5,--mean takes", "0.5,0,--std takes", "NaN,0.5,--mean takes"})
    void whatIsGivenHasToBeWhole(Double mean, Double deviation, String said) {
        HarnessException e = assertThrows(
                HarnessException.class,
                () -> new PixelChoice.Given(List.of(mean), deviation == null ? List.of() : List.of(deviation)));
        assertEquals(HarnessException.Kind.USAGE, e.kind());
        assertTrue(e.getMessage().contains(said), e.getMessage());
    }
}
