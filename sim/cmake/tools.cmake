# The report of coverage, and what `cmake --install` copies.

if(METIER_COVERAGE)
  find_program(METIER_GCOVR gcovr)
  if(METIER_GCOVR)
    add_custom_target(coverage_report
      COMMAND ${METIER_GCOVR} --root ${CMAKE_SOURCE_DIR} --exclude ${CMAKE_SOURCE_DIR}/tests --exclude ${CMAKE_BINARY_DIR}
              --exclude-unreachable-branches --print-summary --html-details ${CMAKE_BINARY_DIR}/coverage.html ${CMAKE_BINARY_DIR}
      USES_TERMINAL VERBATIM)
  else()
    add_custom_target(coverage_report
      COMMAND ${CMAKE_COMMAND} -E echo "The report needs gcovr: apt-get install gcovr, then configure again."
      COMMAND ${CMAKE_COMMAND} -E false VERBATIM)
  endif()
endif()

# The program finds its scenarios and data from where it lies: <prefix>/bin/metier, <prefix>/share/metier/scenarios.
if(TARGET metier)
  include(GNUInstallDirs)
  install(TARGETS metier RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/metier
          PATTERN "loader" EXCLUDE PATTERN "*.cpp" EXCLUDE PATTERN "*.hpp" EXCLUDE PATTERN "CMakeLists.txt" EXCLUDE)
  install(FILES LICENSE CITATION.cff README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
