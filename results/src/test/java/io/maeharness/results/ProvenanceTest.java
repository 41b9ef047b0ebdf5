package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvenanceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'metrics': {'top1': 50.0}, 'seconds': 1}; {'metrics': {'top1': 50}, 'seconds': 2}; true",
                "{'metrics': {'top1': 50.0}}; {'metrics': {'top1': 50.1}}; false",
                "{'metrics': {'top1': 50.0}}; {'metrics': {'top1': 50.0}, 'draws': {'order': 'ab'}}; true",
                "{'metrics': {}, 'draws': {'order': 'cd'}}; {'metrics': {}, 'draws': {'order': 'ab'}}; false"
            })
    void recordsAgreeWhenTheyHoldTheSameValues(String one, String other, boolean agree) throws JsonProcessingException {
        assertEquals(Optional.of(agree), of(one, "cpu").agreesWith(of(other, "gpu:0")));
    }

    @Test
    void withoutValuesTheProcessorDecides() throws JsonProcessingException {
        Provenance valueless = ProvenanceStoreTest.record();
        assertEquals(Optional.of(true), valueless.agreesWith(of("{'metrics': {'top1': 50.0}}", "cpu")));
        assertEquals(Optional.empty(), valueless.agreesWith(of("{'metrics': {'top1': 50.0}}", "gpu:0")));
    }

    @Test
    void aProcessorIsKnownByItsModelAndADeviceWithoutItsNumber() throws JsonProcessingException {
        assertEquals("a processor", of("{}", "cpu").processor());
        assertEquals("gpu NVIDIA H100", of("{}", "gpu:1 NVIDIA H100").processor());
    }

    private static Provenance of(String outcome, String device) throws JsonProcessingException {
        Provenance record = ProvenanceStoreTest.record();
        Provenance.Engine engine = record.engine();
        return new Provenance(
                        record.key(),
                        record.stage(),
                        record.code(),
                        record.data(),
                        record.host(),
                        new Provenance.Engine(
                                engine.djlVersion(), engine.name(), engine.version(), device, engine.precision()),
                        record.cost())
                .withOutcome(new ObjectMapper().readTree(outcome.replace('\'', '"')));
    }
}
