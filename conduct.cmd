@echo off
rem Starts Conduct on Windows: needs a JDK 25 in JAVA_HOME; builds when there is no build, then runs the command.
setlocal
set "HERE=%~dp0"
set "APPLICATION=%HERE%.conduct\application"
if not defined JAVA_HOME (
  echo Conduct needs a JDK 25. Install one and set JAVA_HOME to it. 1>&2
  exit /b 1
)
findstr /r /c:"^JAVA_VERSION=.2[5-9]" "%JAVA_HOME%\release" >nul 2>&1 || (
  echo JAVA_HOME does not lead to a JDK 25 or newer: %JAVA_HOME% 1>&2
  exit /b 1
)
if "%~1"=="test" (
  call "%HERE%mvnw.cmd" --batch-mode --file "%HERE%pom.xml" verify
  exit /b
)
if not exist "%APPLICATION%\conduct.jar" (
  echo Building Conduct 1>&2
  call "%HERE%mvnw.cmd" --quiet --batch-mode --file "%HERE%pom.xml" -Dquick -Dmaven.test.skip=true package 1>&2 || exit /b 1
  "%JAVA_HOME%\bin\java" -Djarmode=tools -jar "%HERE%target\conduct.jar" extract --destination "%APPLICATION%" 1>&2 || exit /b 1
  copy /y "%HERE%target\conduct-verify.jar" "%APPLICATION%\verify.jar" >nul
)
if "%~1"=="verify" (
  "%JAVA_HOME%\bin\java" -jar "%APPLICATION%\verify.jar" %2 %3 %4 %5
  exit /b
)
"%JAVA_HOME%\bin\java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -jar "%APPLICATION%\conduct.jar" %*
