package io.maeharness.ablations.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.stages.CaseStages;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.results.MetricLayout;
import io.maeharness.results.PaperValues;
import io.maeharness.results.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TablesTest {
    private static final Set<String> OURS = Set.of(
            "figure5", "table1a", "table1b", "table1c", "table1d", "table1e", "table1f", "table2", "table3", "figure7",
            "figure9");

    static Stream<Settings> profiles() {
        return Stream.concat(
                Stream.of(TestProfile.settings()),
                ProfileLoader.shipped().stream().map(ProfileLoader::load));
    }

    static Stream<PaperTable> tables() {
        return TestProfile.TABLES.all().stream();
    }

    static Stream<Arguments> cases() {
        return profiles().flatMap(profile -> tables().flatMap(table -> table.rows(profile).stream()
                .map(row -> Arguments.of(profile.name() + " " + table.id() + "/" + row.key(), profile, row))));
    }

    static Stream<PaperValues.Printed> printed() {
        return PaperValues.bundled().all().stream()
                .filter(value -> OURS.contains(value.cell().table()));
    }

    /** Decoder width may change two fields, width and heads; a schedule's length too, epochs and warm-up. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aCaseDiffersFromTheDefaultInExactlyTheFieldsItDeclares(String name, Settings profile, Row row) {
        assertEquals(
                row.changes().keySet(),
                Overrides.differences(profile, row.appliedTo(profile)).keySet(),
                name);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void onlyTheTablesOfTwoFieldsDeclareMoreThanOneChange(String name, Settings profile, Row row) {
        boolean two = name.contains("table1b")
                || name.contains("figure7")
                || name.contains("table3-lengths")
                || name.contains("context-lengths/scratch")
                || name.contains("block-50");
        boolean system = (name.contains("table3") && name.contains("/mae"))
                || name.contains("knn-curve/mae")
                || name.contains("context-lengths/mae");
        assertTrue(row.changes().size() <= (system ? 4 : (two ? 2 : 1)), name + " " + row.changes());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("printed")
    void everyValueOfThePaperHasACaseThatMeasuresIt(PaperValues.Printed value) {
        Table table = TestProfile.TABLES.named(value.cell().table()).table(TestProfile.settings());
        Optional<Row> row = table.rows().stream()
                .filter(candidate -> candidate.key().equals(value.cell().caseKey()))
                .findFirst();
        assertTrue(
                row.orElseThrow().columns().stream()
                        .anyMatch(column -> column.key().equals(value.cell().metric())),
                value.cell().toString());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aLayoutHasTheTablesRowsAndOnlyColumnsThatSomeRowMeasures(PaperTable declared) {
        Table table = declared.table(TestProfile.settings());
        TableLayout layout = table.layout();
        assertEquals(table.id(), layout.id());
        assertEquals(table.rows().stream().map(Row::layout).toList(), layout.cases());
        Set<String> measured = table.rows().stream()
                .flatMap(row -> row.columns().stream())
                .map(Column::key)
                .collect(Collectors.toSet());
        assertTrue(measured.containsAll(
                layout.metrics().stream().map(MetricLayout::key).toList()));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aTableHasADefaultRowWithoutChanges(PaperTable table) {
        assertTrue(table.rows(TestProfile.settings()).stream()
                .anyMatch(row -> row.layout().isDefault() && row.changes().isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theJavadocOfATableNamesItsCommand(PaperTable table) throws IOException {
        Path source = Path.of("src/main/java", table.getClass().getName().replace('.', '/') + ".java");
        assertTrue(Files.readString(source).contains("{@code " + table.command() + "}"), table.command());
    }

    @Test
    void aRowThatNamesNoColumnsIsMeasuredByTheTables() {
        Table context = new Context().table(TestProfile.settings());
        List<Row> rows = context.rows();
        assertEquals(context.columns(), rows.get(rows.size() - 1).columns());
        assertEquals(
                List.of("knn"), rows.get(0).columns().stream().map(Column::key).toList());
    }

    @Test
    void aColumnMeasuredOtherwiseStaysTheSameColumn() {
        assertEquals(Columns.FT.layout(), Columns.FT.by(CaseStages::scratch).layout());
    }

    @Test
    void aTableWithoutAHeaderSaysWhatIsMissing() {
        PaperTable bare = profile -> List.of();
        assertTrue(
                assertThrows(IllegalStateException.class, bare::id).getMessage().endsWith("@TableHeader"));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 50", "0.55, 55", "0.75, ''"})
    void theDefaultRowShowsTheProfilesOwnNumberWhereItIsNotThePapers(String ratio, String shown) {
        Settings other = Overrides.apply(TestProfile.settings(), Map.of("pretrain.maskRatio", ratio));
        String ours = new Figure5MaskingRatio()
                .rows(other).stream()
                        .filter(row -> row.layout().isDefault())
                        .map(row -> row.layout().ours())
                        .findFirst()
                        .orElseThrow();
        assertEquals(shown, ours);
    }

    @Test
    void pointsOfFigure9ThatAShallowEncoderCannotTellApartAreSkippedWithTheReason() {
        List<String> skipped = new Figure9PartialFinetuning()
                .rows(TestProfile.settings()).stream()
                        .filter(row -> row.skippedReason().isPresent())
                        .map(Row::key)
                        .toList();
        assertEquals(
                List.of(
                        "mae-blocks-2",
                        "mae-blocks-6",
                        "mae-blocks-18",
                        "moco-v3-blocks-2",
                        "moco-v3-blocks-6",
                        "moco-v3-blocks-18"),
                skipped);
    }

    @Test
    void aCustomCaseIsNamedByItsChangesWithFullKeysInOrder() {
        CustomTable table = new CustomTable(Map.of("maskRatio", "0.6", "decoderDepth", " 3"));
        assertEquals(
                "model.decoderDepth=3,pretrain.maskRatio=0.6",
                table.rows(TestProfile.settings()).get(0).key());
    }
}
