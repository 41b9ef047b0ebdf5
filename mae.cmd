@echo off
rem The mae command for Windows: finds Java, builds the harness when it is missing or older than its sources, then runs
rem it in the caller's directory. Exit code 20 when it does not get that far; the others are in README.md.
setlocal
set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "CLASSPATH_FILE=%ROOT%\cli\target\classpath.txt"
set "STAMP=%ROOT%\cli\target\launcher.stamp"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
set "JAVA_VERSION="
for /f "tokens=3" %%v in ('cmd /c ""%JAVA%" -XshowSettings:properties -version 2>&1" ^| findstr /c:"java.specification.version"') do set "JAVA_VERSION=%%v"
if not defined JAVA_VERSION goto no_java
if "%JAVA_VERSION:~0,2%"=="1." goto no_java
if %JAVA_VERSION% LSS 17 goto no_java
set "JAVA_DIR="
for /f "tokens=2 delims==" %%v in ('cmd /c ""%JAVA%" -XshowSettings:properties -version 2>&1" ^| findstr /c:"java.home ="') do set "JAVA_DIR=%%v"
set "JAVA_DIR=%JAVA_DIR:~1%"

rem A jar that was cut short, by a full disk or a build that was killed, is removed, so that it is built again.
powershell -NoProfile -Command ^
  "$root = $env:ROOT; $built = $env:CLASSPATH_FILE; $stamp = $env:STAMP;" ^
  "if (-not (Test-Path $built)) { exit 1 };" ^
  "$jars = (Get-Content $built -Raw).Trim().Split(';');" ^
  "if (-not ($jars | Where-Object { $_.StartsWith($root + '\core\target\') })) { exit 1 };" ^
  "if ($jars | Where-Object { -not (Test-Path $_) }) { exit 1 };" ^
  "$own = @($jars | Where-Object { $_.StartsWith($root + '\') }) + @((Get-ChildItem ($root + '\cli\target\mae-cli-*.jar')).FullName);" ^
  "if (-not (Get-ChildItem ($root + '\cli\target\mae-cli-*.jar'))) { exit 1 };" ^
  "foreach ($jar in $own) {" ^
  "  $bytes = [IO.File]::ReadAllBytes($jar); $end = $bytes.Length - 22;" ^
  "  if ($end -lt 0 -or $bytes[$end] -ne 80 -or $bytes[$end + 1] -ne 75) { Remove-Item -LiteralPath $jar; exit 1 } };" ^
  "if (Test-Path Env:MAVEN_ARGS) {" ^
  "  $wanted = (' ' + $env:MAVEN_ARGS) -cmatch ' -P ?cuda';" ^
  "  $found = [bool]($jars | Where-Object { $_ -like '*onnxruntime_gpu*' });" ^
  "  if ($wanted -ne $found) { exit 1 } };" ^
  "if (Test-Path $stamp) { $built = $stamp };" ^
  "$when = (Get-Item $built).LastWriteTime;" ^
  "$sources = @($root + '\pom.xml') + (Get-ChildItem ($root + '\*\pom.xml')).FullName + (Get-ChildItem ($root + '\*\src\main') -Directory).FullName + @($root + '\results\paper');" ^
  "$newer = Get-ChildItem $sources -Recurse -ErrorAction SilentlyContinue | Where-Object { $_.LastWriteTime -gt $when } | Select-Object -First 1;" ^
  "if ($newer) { exit 1 } else { exit 0 }"
if not errorlevel 1 goto run

if not exist "%JAVA_DIR%\bin\javac.exe" (
  echo mae: the harness has to be built, which needs a JDK; %JAVA_DIR% has no javac; point JAVA_HOME at a JDK 17 or later 1>&2
  exit /b 20
)
echo mae: building (the first time downloads the libraries, some minutes) 1>&2
if not exist "%ROOT%\cli\target" mkdir "%ROOT%\cli\target" 2>nul
type nul 2>nul > "%STAMP%.begun"
if not exist "%STAMP%.begun" (
  echo mae: the harness has to be built, but %ROOT%\cli\target cannot be written; build where the checkout can be written 1>&2
  exit /b 20
)
pushd "%ROOT%"
call mvnw.cmd -q -Dmaven.test.skip=true package 1>&2
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" (
  echo mae: the build failed, see above; mvnw.cmd -DskipTests package in %ROOT% shows more 1>&2
  exit /b 20
)
move /y "%STAMP%.begun" "%STAMP%" >nul

:run
set "CLI_JAR="
for %%j in ("%ROOT%\cli\target\mae-cli-*.jar") do set "CLI_JAR=%%~fj"
if not defined CLI_JAR (
  echo mae: the build left no jar in %ROOT%\cli\target; run mvnw.cmd clean package there 1>&2
  exit /b 20
)
rem Native code is what this program is for: Java 24 and later want to be told so.
set "MAE_NATIVE_ACCESS="
if %JAVA_VERSION% GEQ 24 set "MAE_NATIVE_ACCESS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
rem The class path is too long for a command line or a variable: it goes into an argument file, where / needs no quoting.
rem So does MAE_NATIVES_DIR, where native libraries are unpacked and temporary files go. A checkout that cannot be written
rem has it among the temporary files.
set "ARGUMENTS=%ROOT%\cli\target\java.args"
type nul 2>nul >> "%ARGUMENTS%"
if errorlevel 1 set "ARGUMENTS=%TEMP%\mae-java-%RANDOM%.args"
if not defined MAE_NATIVES_DIR goto natives_settled
if not exist "%MAE_NATIVES_DIR%\" mkdir "%MAE_NATIVES_DIR%" 2>nul
if not exist "%MAE_NATIVES_DIR%\" (
  echo mae: MAE_NATIVES_DIR: %MAE_NATIVES_DIR% is no directory that can be written; name another 1>&2
  exit /b 20
)
:natives_settled
set "OPT_OUT_TRACKING=true"
set "ORT_DISABLE_TELEMETRY=1"
if not defined OPENCV_LOG_LEVEL set "OPENCV_LOG_LEVEL=SILENT"
if not defined OPENCV_IO_MAX_IMAGE_PIXELS set "OPENCV_IO_MAX_IMAGE_PIXELS=134217728"
set "TERMINAL=false"
powershell -NoProfile -Command ^
  "$path = $env:CLI_JAR + ';' + (Get-Content $env:CLASSPATH_FILE -Raw).Trim();" ^
  "$text = '-cp \"' + $path.Replace('\', '/') + '\"';" ^
  "if ($env:MAE_NATIVES_DIR) {" ^
  "  $natives = (Resolve-Path -LiteralPath $env:MAE_NATIVES_DIR).ProviderPath.Replace('\', '/');" ^
  "  $text += [Environment]::NewLine + '\"-Djava.io.tmpdir=' + $natives + '\"';" ^
  "  $text += [Environment]::NewLine + '\"-Djna.tmpdir=' + $natives + '/jna\"';" ^
  "  $text += [Environment]::NewLine + '\"-DENGINE_CACHE_DIR=' + $natives + '\"' };" ^
  "[IO.File]::WriteAllText($env:ARGUMENTS, $text);" ^
  "if ([Console]::IsOutputRedirected) { exit 1 } else { exit 0 }" && set "TERMINAL=true"
rem Java ends with code 1 where it does not take an option, or cannot start the harness with it.
if not defined MAE_JAVA_OPTS goto options_accepted
"%JAVA%" %MAE_JAVA_OPTS% "@%ARGUMENTS%" io.maeharness.cli.Main --version >nul 2>nul
if not errorlevel 1 goto options_accepted
echo mae: Java does not start with MAE_JAVA_OPTS=%MAE_JAVA_OPTS%; change or unset it 1>&2
exit /b 20
:options_accepted
"%JAVA%" %MAE_JAVA_OPTS% %MAE_NATIVE_ACCESS% -DOPT_OUT_TRACKING=true "-Dmae.home=%ROOT%" -Dmae.terminal=%TERMINAL% -Dorg.slf4j.simpleLogger.defaultLogLevel=warn "@%ARGUMENTS%" io.maeharness.cli.Main %*
exit /b %ERRORLEVEL%

:no_java
echo mae: no Java 17 or later in JAVA_HOME (%JAVA_HOME%) or on the PATH; install a JDK 17 or point JAVA_HOME at one 1>&2
exit /b 20
