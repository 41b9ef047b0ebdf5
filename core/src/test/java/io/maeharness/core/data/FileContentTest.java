package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileContentTest {
    static Stream<Arguments> files() {
        return Stream.of(
                arguments("version https://git-lfs.github.com/spec/v1", "a pointer of Git LFS"),
                arguments("<!DOCTYPE html><html><head><title> Sign in </title>", "a web page ('Sign in')"),
                arguments("<HTML lang=en>", "a web page, as a failed download leaves it"),
                arguments("<?xml version='1.0'?><Error>", "an XML text"),
                arguments("<svg xmlns='x'>", "an SVG drawing"),
                arguments("PK\u0003\u0004", "a zip archive"),
                arguments("\u001f\u008b\u0008", "a gzip file"),
                arguments("GIF89a\u0001", "a GIF, which is not read"),
                arguments("\u0000\u0000\u0000\u0018ftypheic", "a HEIC, which is not read"),
                arguments("\u0000\u0000\u0000\u0018ftypavif", "an AVIF, which is not read"),
                arguments("\u0000\u0000\u0000\u0000", "all zeros"),
                arguments("not found", "a text"),
                arguments("", "empty"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysWhatAFileIs(String content, String said) {
        Optional<String> is = FileContent.of(content.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(is.orElse("nothing known").startsWith(said), is.toString());
    }

    @Test
    void saysNothingOfImages() {
        for (String begin :
                new String[] {"\u00ff\u00d8\u00ff\u00e0", "\u0089PNG\r\n\u001a\n", "BM\u0001\u0002", "II*\0"}) {
            assertEquals(Optional.empty(), FileContent.of(begin.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }
}
