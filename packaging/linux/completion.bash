# bash completion for notesai

_notesai() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local commands="@COMMANDS@"
    case $previous in
    --vault) mapfile -t COMPREPLY < <(compgen -d -- "$current") && return ;;
    --mode) mapfile -t COMPREPLY < <(compgen -W "hybrid semantic lexical" -- "$current") && return ;;
    --model | --out | --queries | --png | --svg | --csv)
        mapfile -t COMPREPLY < <(compgen -f -- "$current") && return ;;
    esac
    local word command=
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case " $commands " in *" $word "*) command=$word && break ;; esac
    done
    if [[ $current == -* ]]; then
        local options="--vault --json --help"
        case $command in
@OPTIONS_BASH@
        "") options="--vault --hidden --version --help" ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    elif [[ -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
    elif [[ $command == models ]]; then
        mapfile -t COMPREPLY < <(compgen -W "@MODELS@" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -F _notesai notesai
