package io.maeharness.ablations.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.ablations.TestProfile;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlierDefinitionTest {
    private final Stage today =
            TestProfile.plan("table1f/grid-75").stages().get(1).stage();

    private ObjectNode configuration() throws IOException {
        return (ObjectNode) new ObjectMapper().readTree(StageHash.toJson(today));
    }

    @Test
    void aLowerVersionIsAnEarlierDefinition() throws IOException {
        ObjectNode old = configuration().put("version", 0);
        assertEquals(
                Optional.of(0),
                EarlierDefinition.versions(old, today).map(versions -> versions.get(versions.size() - 1)));
    }

    @Test
    void soIsALowerVersionOfTheStageThatItStartsFrom() throws IOException {
        ObjectNode old = configuration();
        ((ObjectNode) old.get("encoder")).put("version", 0);
        assertEquals(2, EarlierDefinition.versions(old, today).map(List::size).orElse(0));
    }

    @Test
    void aFieldThatCameWithTheDefinitionDoesNotMatter() throws IOException {
        ObjectNode old = configuration().put("version", 0);
        ((ObjectNode) old.get("recipe")).remove("dropPath");
        assertEquals(true, EarlierDefinition.versions(old, today).isPresent());
    }

    @Test
    void theSameDefinitionIsNone() throws IOException {
        assertEquals(Optional.empty(), EarlierDefinition.versions(configuration(), today));
    }

    @Test
    void anotherConfigurationIsNone() throws IOException {
        ObjectNode old = configuration().put("tunedBlocks", 2);
        assertEquals(Optional.empty(), EarlierDefinition.versions(old, today));
    }

    @Test
    void aLowerVersionIsAnEarlierDefinitionWhateverTheProfileSaidThen() throws IOException {
        ObjectNode old = configuration().put("version", 1).put("tunedBlocks", 2);
        assertEquals(Optional.of(List.of(1)), EarlierDefinition.versions(old, today));
    }

    @Test
    void anotherKindOfStageIsNone() throws IOException {
        ObjectNode old = configuration().put("version", 1).put("kind", "other");
        assertEquals(Optional.empty(), EarlierDefinition.versions(old, today));
    }

    @Test
    void aLaterDefinitionIsNone() throws IOException {
        assertEquals(
                Optional.empty(), EarlierDefinition.versions(configuration().put("version", 99), today));
    }
}
