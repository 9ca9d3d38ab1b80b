# Run at every build (cmake -P): writes program_info.cpp anew only when what it says has changed.
#   METIER_SOURCE, METIER_TEMPLATE, METIER_OUTPUT, METIER_VERSION, METIER_COMPILER, METIER_FLAGS
set(METIER_GIT_HASH "unknown")
find_program(METIER_GIT git)
if(METIER_GIT AND EXISTS ${METIER_SOURCE}/.git)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env GIT_OPTIONAL_LOCKS=0 ${METIER_GIT} -C ${METIER_SOURCE} describe --always --dirty --abbrev=40 --exclude=*
                  OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE status ERROR_QUIET)
  if(status EQUAL 0 AND found)
    set(METIER_GIT_HASH ${found})
  endif()
endif()
configure_file(${METIER_TEMPLATE} ${METIER_OUTPUT} @ONLY)
