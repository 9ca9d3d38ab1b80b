# metier_compile_together(<target>)   its sources in batches
function(metier_compile_together target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8
                        UNITY_BUILD_CODE_BEFORE_INCLUDE "// NOLINTNEXTLINE(bugprone-suspicious-include)")
endfunction()

# metier_add_library(<name> SOURCES ... [HEADERS ...] [LINKS ...] [PRIVATE_LINKS ...] [SEPARATE])
# One target per folder; alias metier::<name without the metier_ prefix>. Without SOURCES the target is header-only.
# SEPARATE keeps the sources of this library apart in unity builds (a source that takes most of the build time by itself).
function(metier_add_library name)
  cmake_parse_arguments(A "SEPARATE" "" "SOURCES;HEADERS;LINKS;PRIVATE_LINKS" ${ARGN})
  string(REGEX REPLACE "^metier_" "" short ${name})
  if(A_SOURCES)
    add_library(${name} STATIC ${A_SOURCES} ${A_HEADERS})
    target_link_libraries(${name} PUBLIC metier::settings ${A_LINKS} PRIVATE ${A_PRIVATE_LINKS})
    if(METIER_UNITY AND NOT A_SEPARATE)
      metier_compile_together(${name})
    endif()
  else()
    add_library(${name} INTERFACE ${A_HEADERS})
    target_link_libraries(${name} INTERFACE metier::settings ${A_LINKS})
  endif()
  add_library(metier::${short} ALIAS ${name})
  if(METIER_HEADER_CHECK AND A_HEADERS)
    set(stubs)
    foreach(header ${A_HEADERS})
      file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/${header})
      string(MAKE_C_IDENTIFIER ${path} id)
      set(stub ${CMAKE_BINARY_DIR}/header_check/${id}.cpp)
      file(CONFIGURE OUTPUT ${stub} CONTENT "#include \"${path}\"\n#include \"${path}\"\n")
      list(APPEND stubs ${stub})
    endforeach()
    add_library(${name}_headers OBJECT ${stubs})
    target_link_libraries(${name}_headers PRIVATE ${name} ${A_PRIVATE_LINKS})
    target_compile_options(${name}_headers PRIVATE -O0 -g0)  # only whether it compiles matters
  endif()
endfunction()

# Instrumented and unoptimised programs are slower: limits of time are stated for release builds.
if(METIER_SANITIZE OR METIER_COVERAGE OR CMAKE_BUILD_TYPE STREQUAL "Debug")
  set(METIER_TIMEOUT_FACTOR 6)
else()
  set(METIER_TIMEOUT_FACTOR 1)
endif()

function(metier_set_test_properties name timeout labels)
  if(NOT timeout)
    set(timeout 300)
  endif()
  math(EXPR timeout "${timeout} * ${METIER_TIMEOUT_FACTOR}")
  set_tests_properties(${name} PROPERTIES LABELS "${labels}" TIMEOUT ${timeout} SKIP_RETURN_CODE 77
    ENVIRONMENT "UBSAN_OPTIONS=print_stacktrace=1;TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1")
endfunction()

# metier_build_where_run(<target> <labels>)   Sanitized and debug builds run the fast tests and those of invariance: the others are
# not compiled there unless they are asked for (cmake --build ... --target <target>).
function(metier_build_where_run target labels)
  if((METIER_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug") AND NOT labels MATCHES "fast|invariance")
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()

# metier_add_test(NAME <name> SOURCES ... LINKS ... LABELS ... [TIMEOUT <seconds>])
# labels: unit exact statistical invariance ... plus fast or slow
function(metier_add_test)
  cmake_parse_arguments(A "" "NAME;TIMEOUT" "SOURCES;LINKS;LABELS" ${ARGN})
  add_executable(${A_NAME}_test ${A_SOURCES})
  metier_compile_together(${A_NAME}_test)  # in every build: the headers that tests need take most of their time
  target_link_libraries(${A_NAME}_test PRIVATE ${A_LINKS} metier::settings GTest::gtest GTest::gtest_main GTest::gmock)
  target_compile_definitions(${A_NAME}_test PRIVATE METIER_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  # Tests are compiled once and run for seconds: what is timed lies in the libraries.
  target_compile_options(${A_NAME}_test PRIVATE $<$<CONFIG:Release>:-O1>)
  metier_build_where_run(${A_NAME}_test "${A_LABELS}")
  add_test(NAME ${A_NAME} COMMAND ${A_NAME}_test WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  metier_set_test_properties(${A_NAME} "${A_TIMEOUT}" "${A_LABELS}")
endfunction()

# metier_add_script_test(NAME <name> SCRIPT <file.py|file.sh> [ARGS ...] LABELS ... [TIMEOUT <seconds>])
# A test that is a Python or bash script of this folder. Exit code 77 means skipped: the reason goes to standard output.
function(metier_add_script_test)
  cmake_parse_arguments(A "" "NAME;SCRIPT;TIMEOUT" "ARGS;LABELS" ${ARGN})
  if(A_SCRIPT MATCHES "\\.py$")
    set(interpreter ${METIER_PYTHON} -B)
  else()
    set(interpreter bash)
  endif()
  add_test(NAME ${A_NAME} COMMAND ${interpreter} ${CMAKE_CURRENT_SOURCE_DIR}/${A_SCRIPT} ${A_ARGS}
           WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  metier_set_test_properties(${A_NAME} "${A_TIMEOUT}" "${A_LABELS}")
endfunction()

# metier_add_fuzz_test(NAME <name> SOURCES ... LINKS ... RUNS <number> [CORPUS <folder>...] [MAX_LENGTH <bytes>])
# A libFuzzer target, built where METIER_FUZZ is on, and a test (label fuzz) that feeds it RUNS inputs grown from the corpora. The
# seed is fixed and every run starts anew, so that a failure comes back; what it finds goes to <build>/fuzz/<name>, never into
# the corpora.
function(metier_add_fuzz_test)
  if(NOT METIER_FUZZ)
    return()
  endif()
  cmake_parse_arguments(A "" "NAME;RUNS;MAX_LENGTH" "SOURCES;LINKS;CORPUS" ${ARGN})
  if(NOT A_MAX_LENGTH)
    set(A_MAX_LENGTH 4096)
  endif()
  set(found ${CMAKE_BINARY_DIR}/fuzz/${A_NAME})
  set(corpora)
  foreach(folder ${A_CORPUS})
    string(APPEND corpora " '${CMAKE_CURRENT_SOURCE_DIR}/${folder}'")
  endforeach()
  add_executable(${A_NAME}_fuzz ${A_SOURCES})
  target_link_libraries(${A_NAME}_fuzz PRIVATE ${A_LINKS} metier::settings)
  target_link_options(${A_NAME}_fuzz PRIVATE -fsanitize=fuzzer)
  target_compile_definitions(${A_NAME}_fuzz PRIVATE METIER_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${A_NAME}_fuzz
           COMMAND bash -c "rm -rf '${found}' && mkdir -p '${found}/corpus' && exec '$<TARGET_FILE:${A_NAME}_fuzz>' -seed=1 \
-runs=${A_RUNS} -max_len=${A_MAX_LENGTH} -timeout=20 -rss_limit_mb=4096 -artifact_prefix='${found}/' '${found}/corpus'${corpora}"
           WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  metier_set_test_properties(${A_NAME}_fuzz "300" "fuzz")
endfunction()

# metier_add_subfolders([EXCEPT <folder>...])   adds every direct subfolder that has a CMakeLists.txt, in alphabetical order, so
# that a new folder joins the build by existing. The sources of a target are still listed by hand.
function(metier_add_subfolders)
  cmake_parse_arguments(A "" "" "EXCEPT" ${ARGN})
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt)
  list(SORT files)
  foreach(file ${files})
    get_filename_component(folder ${file} DIRECTORY)
    if(NOT folder IN_LIST A_EXCEPT)
      add_subdirectory(${folder})
    endif()
  endforeach()
endfunction()
