// The scripts that make a shell ask the program what may come next. Each stands for itself: no file of ours is read later.

const BASH = `_deliver() {
  local IFS=$'\\n'
  COMPREPLY=($(deliver completion bash --line "\${COMP_LINE:0:COMP_POINT}" --no-input 2>/dev/null))
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]] && compopt -o nospace
  return 0
}
complete -o default -F _deliver deliver`;

const ZSH = `_deliver() {
  local -a plain slashed
  local row value
  while IFS= read -r row; do
    value=\${row%%$'\\t'*}
    if [[ $value == */ ]]; then slashed+=("$value")
    elif [[ $row == *$'\\t'* ]]; then plain+=("\${value//:/\\\\:}:\${row#*$'\\t'}")
    else plain+=("\${value//:/\\\\:}")
    fi
  done < <(deliver completion zsh --line "\${BUFFER[1,CURSOR]}" --no-input 2>/dev/null)
  (( \${#slashed} )) && compadd -S '' -- "\${slashed[@]}"
  (( \${#plain} )) && _describe -t words 'deliver' plain
  (( \${#plain} + \${#slashed} )) || _files
}
compdef _deliver deliver`;

const FISH = `complete -c deliver -f -a '(deliver completion fish --line (commandline -cp) --no-input 2>/dev/null)'`;

export const SHELL_SCRIPTS: Readonly<Record<string, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
