# Completion of metier for bash.
_metier() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]}
  local common="--quiet --force --threads --root --help"
  local changes="--set --seed --replicate --months --scale"
  local options=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "run resume check explain schema describe verify diff export init bench --help --version" -- "$current")
    return
  fi
  case $previous in
    --to) mapfile -t COMPREPLY < <(compgen -W "csv" -- "$current") && return ;;
    --set | --seed | --replicate | --months | --scale | --threads | --checkpoint-every | --indicator | --table) return ;;
    --root) mapfile -t COMPREPLY < <(compgen -d -- "$current") && return ;;
  esac
  [[ $verb == verify ]] && common=${common/--threads /}  # it has threads of its own
  case $verb in
    run) options="--out --checkpoint-every --hash $changes" ;;
    resume) options="--with --out --checkpoint-every" ;;
    check | verify | bench | describe) options=$changes ;;
    explain) options="--all $changes" ;;
    schema) options="--reference --priors" ;;
    export) options="--to --indicator --table --panel --out" ;;
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options $common" -- "$current")
  elif [[ $verb == describe ]] && ((COMP_CWORD == 2)); then
    mapfile -t COMPREPLY < <(compgen -W "parameters columns indicators levers schedule population format" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _metier metier
