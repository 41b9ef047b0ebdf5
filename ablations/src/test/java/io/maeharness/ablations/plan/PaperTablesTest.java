package io.maeharness.ablations.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.maeharness.ablations.tables.PaperTable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaperTablesTest {
    private static final String PACKAGE = "io/maeharness/ablations/tables/";

    @TempDir
    Path directory;

    private static List<String> ids(PaperTables tables) {
        return tables.all().stream().map(PaperTable::id).toList();
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(PaperTable.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private Path jar() throws IOException, URISyntaxException {
        Path jar = directory.resolve("tables.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(classes().resolve(PACKAGE))) {
            for (Path file : files.toList()) {
                zip.putNextEntry(new ZipEntry(PACKAGE + file.getFileName()));
                zip.write(Files.readAllBytes(file));
                zip.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void aClassOfThePackageIsFoundByBeingThere() throws IOException, URISyntaxException {
        Path only = Files.createDirectories(directory.resolve(PACKAGE));
        Files.copy(classes().resolve(PACKAGE + "Table1fMaskSampling.class"), only.resolve("Table1fMaskSampling.class"));
        assertEquals(List.of("table1f"), ids(PaperTables.listedIn(directory)));
    }

    @Test
    void aJarHoldsTheSameTablesAsADirectory() throws IOException, URISyntaxException {
        assertEquals(ids(PaperTables.discover()), ids(PaperTables.listedIn(jar())));
    }

    @Test
    void theCustomTableIsNotAmongThem() {
        assertThrows(
                IllegalArgumentException.class, () -> PaperTables.discover().named("custom"));
    }

    @Test
    void noTwoTablesHaveTheSameIdentifierOrPlace() {
        List<PaperTable> all = PaperTables.discover().all();
        assertEquals(all.size(), all.stream().map(PaperTable::id).distinct().count());
        assertEquals(
                all.size(),
                all.stream().map(table -> table.header().order()).distinct().count());
    }
}
