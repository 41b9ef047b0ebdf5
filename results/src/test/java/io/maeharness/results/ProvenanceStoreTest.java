package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.results.ResultStoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceStoreTest {

    @TempDir
    Path directory;

    @Test
    void aRecordComesBackAsItWasWritten() {
        var store = new ProvenanceStore(directory.resolve("provenance"));
        store.write(record());
        assertEquals(Optional.of(record()), store.read("0a1b2c"));
    }

    @Test
    void anOutcomeAndFieldsOfAnotherVersionComeBackToo() throws IOException {
        var store = new ProvenanceStore(directory);
        var outcome = JsonNodeFactory.instance.objectNode().put("top1", 72.5);
        store.write(record().withOutcome(outcome));
        Path file = store.file("0a1b2c");
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{\"colour\": \"blue\","));
        Provenance read = store.read("0a1b2c").orElseThrow();
        assertEquals(Optional.of(outcome), read.outcome());
        assertEquals("blue", read.further().get("colour").asText());
        store.write(read);
        assertEquals(Optional.of(read), store.read("0a1b2c"));
    }

    @Test
    void whyACommitIsUnknownIsWrittenOnlyWhereItIs() throws IOException {
        var store = new ProvenanceStore(directory);
        store.write(record());
        assertFalse(Files.readString(store.file("0a1b2c")).contains("gitReason"));
        Provenance known = record();
        Provenance unknown = new Provenance(
                known.key(),
                known.stage(),
                Provenance.Code.withoutCommit("0.1.0", "git is not installed"),
                known.data(),
                known.host(),
                known.engine(),
                known.cost());
        store.write(unknown);
        assertEquals(Optional.of(unknown), store.read("0a1b2c"));
    }

    @Test
    void theStartIsAnIsoInstant() throws IOException {
        var store = new ProvenanceStore(directory);
        store.write(record());
        String json = Files.readString(store.file("0a1b2c"));
        assertTrue(json.contains("\"start\" : \"2026-03-01T10:00:00Z\""), json);
    }

    @Test
    void anUnknownKeyIsEmpty() {
        assertEquals(Optional.empty(), new ProvenanceStore(directory).read("nowhere"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"key\": \"0a1b2c\"", "[]", "", "{\"key\":\"0a1b2c\",\"colour\":1}"})
    void aDamagedRecordIsOneLineThatNamesTheFile(String damaged) throws IOException {
        var store = new ProvenanceStore(directory);
        Files.writeString(store.file("0a1b2c"), damaged);
        var error = assertThrows(ResultStoreException.class, () -> store.read("0a1b2c"));
        assertEquals(Kind.CORRUPT, error.kind());
        assertTrue(error.getMessage().startsWith(store.file("0a1b2c").toString()), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "", "a/b", ".hidden", "a b"})
    void aKeyThatIsNoFileNameIsRefused(String key) {
        assertThrows(IllegalArgumentException.class, () -> new ProvenanceStore(directory).file(key));
    }

    @Test
    void theConfigurationCannotBeChangedFromOutside() {
        Provenance provenance = record();
        ((ObjectNode) provenance.stage().configuration()).put("maskRatio", 0.1);
        assertEquals(record(), provenance);
    }

    static Provenance record() {
        var configuration = JsonNodeFactory.instance.objectNode().put("maskRatio", 0.75);
        return new Provenance(
                "0a1b2c",
                new Provenance.Stage("finetune", "0a1b2c", 0, configuration),
                new Provenance.Code("0.1.0", "abcdef0", true),
                new Provenance.Data("fashion-mnist-subset", "sha256:00"),
                new Host("17.0.1", "a vendor", "Linux 6.1 amd64", "a processor", 2),
                new Provenance.Engine("0.36.0", "PyTorch", "2.7.1", "cpu", "bf16"),
                new Provenance.Cost(Instant.parse("2026-03-01T10:00:00Z"), 61.5, 1100, 1_000_000));
    }
}
